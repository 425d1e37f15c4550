package io.github.sqlvdi.internal.engine.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.sqlvdi.internal.engine.Hosts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Another process for the tests, told what to do line by line; answers each line with one that begins "ok" or
 * "failed", and says "told died 1" and the like on its own account.
 */
public final class HostChild {

    /** The size of the regions that a child makes and opens. */
    public static final int REGION_BYTES = 65_536;
    static final int TURN_OFFSET = 128;

    private static final VarHandle WORD = JAVA_INT.varHandle();

    private final Host host = Hosts.current();
    private final Map<Integer, Presence> presences = new HashMap<>();
    private SharedRegion region;

    public static void main(String[] args) throws IOException {
        HostChild child = new HostChild();
        say("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            child.answer(line.split(" "));
        }
    }

    private void answer(String[] words) {
        try {
            say("ok " + perform(words));
        } catch (IOException | RuntimeException e) {
            say("failed " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private String perform(String[] words) throws IOException {
        return switch (words[0]) {
            case "region" -> region();
            case "open" -> open(key(words));
            case "resize" -> HostProbe.current().tryToResize(key(words)) ? "resized" : "refused";
            case "publish" -> publish(words[1]);
            case "join" -> join(words[1], Integer.parseInt(words[2]));
            case "watch" -> watch(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "close" -> close(Integer.parseInt(words[1]));
            case "find" -> String.valueOf(host.names().find("", words[1]));
            case "list" -> String.valueOf(host.names().list().size());
            case "race" -> race(words[1], Integer.parseInt(words[2]));
            case "turns" -> turns(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "read" -> read(Path.of(words[1]));
            case "connect" -> connect(words[1], HexFormat.of().parseHex(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static RegionKey key(String[] words) {
        return new RegionKey(Long.parseLong(words[1]), Long.parseLong(words[2]), Keys.SET);
    }

    private String region() throws IOException {
        region = host.createRegion(Keys.SET, REGION_BYTES);
        return region.key().process() + " " + region.key().handle();
    }

    private String open(RegionKey key) throws IOException {
        region = host.openRegion(key, REGION_BYTES);
        return String.valueOf(region.memory().address() % 65_536);
    }

    private String publish(String name) throws IOException {
        presences.put(0, host.names().publish("", name, Keys.of(ProcessHandle.current().pid(), 0), new Told()));
        return "";
    }

    private String join(String name, int slot) throws IOException {
        presences.put(slot, host.names().join("", name, slot, new Told()));
        return "";
    }

    private String watch(int own, int other) throws IOException {
        presences.get(own).watch(other);
        return "";
    }

    private String close(int slot) {
        presences.get(slot).close();
        return "";
    }

    /** Publishes and closes the same name until it got it so many times; tells how often it did not. */
    private String race(String name, int times) throws IOException {
        int lost = 0;
        for (int won = 0; won < times;) {
            try {
                Presence presence = host.names().publish("", name, Keys.of(1, 1), new Told());
                // Nobody else may have the name now: two winners at a time would find each other's mark.
                Path mark = HostProbe.current().directory().resolveSibling("winner");
                Files.createFile(mark);
                Files.delete(mark);
                presence.close();
                won++;
            } catch (NameTakenException e) {
                lost++;
            }
        }
        return String.valueOf(lost);
    }

    /** Takes every second turn on the word at TURN_OFFSET: waits for an own number and makes it the next. */
    private String turns(int first, int count) {
        takeTurns(host, region.memory(), first, count);
        return "";
    }

    static void takeTurns(Host host, MemorySegment memory, int first, int count) {
        long address = memory.address() + TURN_OFFSET;
        for (int turn = first; turn < first + 2 * count; turn += 2) {
            for (int now = (int) WORD.getVolatile(memory, (long) TURN_OFFSET); now != turn; now =
                    (int) WORD.getVolatile(memory, (long) TURN_OFFSET)) {
                host.waitOn(address, now, TimeUnit.SECONDS.toNanos(60));
            }
            WORD.setVolatile(memory, (long) TURN_OFFSET, turn + 1);
            host.wakeAll(address);
        }
    }

    private static String read(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return entries.iterator().hasNext() ? "entries" : "nothing";
        }
    }

    private static String connect(String address, byte[] hello) throws IOException {
        try (RawMember member = HostProbe.current().connect(address)) {
            member.send(ByteBuffer.wrap(hello));
            return String.valueOf(member.readHello());
        }
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    private static final class Told implements Presence.Listener {

        @Override
        public void died(int slot) {
            say("told died " + slot);
        }

        @Override
        public void left(int slot) {
            say("told left " + slot);
        }
    }
}
