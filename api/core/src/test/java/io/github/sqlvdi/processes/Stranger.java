package io.github.sqlvdi.processes;

import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.server.ServerDeviceSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A process that tries what the public API offers on a set that is not its own, and says what came of it. */
public final class Stranger {

    private Stranger() {
    }

    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(attempt(line.split(" ")));
        }
    }

    private static String attempt(String[] words) {
        try {
            return switch (words[0]) {
                case "list" -> "listed " + EmbeddedSet.list();
                case "join" ->
                        done(VirtualDeviceSet.builder(words[1]).provider(VdiProvider.EMBEDDED).openInSecondary());
                case "serve" -> done(ServerDeviceSet.builder(words[1]).provider(VdiProvider.EMBEDDED).open());
                case "create" -> done(VirtualDeviceSet.builder(words[1]).provider(VdiProvider.EMBEDDED).create());
                default -> throw new IllegalArgumentException("unknown attempt: " + words[0]);
            };
        } catch (VdiException e) {
            return "refused " + e.codeName();
        } catch (IOException e) {
            return "refused " + e.getMessage();
        }
    }

    private static String done(AutoCloseable set) {
        return "done " + set;
    }
}
