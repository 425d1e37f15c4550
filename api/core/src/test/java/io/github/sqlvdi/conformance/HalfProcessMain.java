package io.github.sqlvdi.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The child's side of {@link HalfProcess}: makes the calls that the lines of its standard input ask for. */
final class HalfProcessMain {

    private final EmbeddedVdiUnderTest vdi = new EmbeddedVdiUnderTest();
    private final List<Object> halves = new ArrayList<>();

    private HalfProcessMain() {
        halves.add(this);
    }

    public static void main(String[] arguments) throws IOException {
        HalfProcessMain main = new HalfProcessMain();
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            HalfProcess.Answer answer = main.answer((HalfProcess.Request) HalfProcess.read(line));
            System.out.println(HalfProcess.REPLY + HalfProcess.write(answer));
        }
        System.exit(0);
    }

    private HalfProcess.Answer answer(HalfProcess.Request request) {
        try {
            return new HalfProcess.Answer(request.half() == 0 ? make(request.method()) : call(request), null);
        } catch (InvocationTargetException e) {
            return new HalfProcess.Answer(null, String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new HalfProcess.Answer(null, e.toString());
        }
    }

    private int make(String type) {
        halves.add(switch (type) {
            case "ClientHalf" -> vdi.newClient();
            case "ServerHalf2" -> vdi.newServer();
            case "LegacyServerHalf" -> vdi.newLegacyServer();
            default -> throw new IllegalArgumentException(type);
        });
        return halves.size() - 1;
    }

    private Object call(HalfProcess.Request request) throws ReflectiveOperationException {
        Object half = halves.get(request.half());
        return half.getClass().getMethod(request.method(), request.types()).invoke(half, request.arguments());
    }
}
