package io.github.sqlvdi.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a command carries there and back (VDI reference 4.2, 4.3, 5.2, 5.3, 5.5, 8.2). */
final class CommandRules {

    private static final int SIZE = Setup.MAX_TRANSFER;
    private static final int[] COMPLETION_CODES = {0, 6, 7, 19, 21, 23, 29, 30, 31, 38, 39, 50, 87, 112, 995, 1100,
        1101, 1102, 1103, 1104, 1106, 1110, 1111, 1112, 1117, 1129, 1450};

    private CommandRules() {
    }

    static List<Case> cases() {
        List<Case> rules = new ArrayList<>();
        for (int command = 1; command <= CommandNumbers.LAST; command++) {
            rules.add(carried(command));
        }
        for (int code : COMPLETION_CODES) {
            rules.add(completionCode(code));
        }
        for (int code : new int[]{-1, Code.VD_E_ABORT, Integer.MIN_VALUE}) {
            rules.add(Rule.of("5.5",
                    String.format(Locale.ROOT, "completion code 0x%08X, any Win32 code, arrives unchanged", code),
                    s -> completes(s.active(), code)));
        }
        rules.add(Rule.of("8.2", "a Write's bytes are the server's bytes", s -> writes(s.active())));
        rules.add(Rule.of("8.2", "a Read's bytes are the client's bytes", s -> reads(s.active()))
                .setup(Setup.devices(1).answering(FeatureBits.READ_MEDIA)));
        rules.add(Rule.of("1.4", "the prefix zone is the client's own and leaves the data alone",
                s -> prefix(s.active()))
                .setup(Setup.devices(1).requesting(RawConfig.request(1, 0).withPrefixZone(512))));
        whence(rules);
        return rules;
    }

    /** Every input arrives at the client, every output at the server, and the inputs are still there. */
    private static Rule carried(int command) {
        String name = CommandNumbers.name(command);
        return Rule.of("8.2", name + " is carried with size, position, completion code, bytes and position out", s -> {
            s.active();
            boolean data = CommandNumbers.hasBuffer(command);
            long buffer = data ? s.allocate() : 0;
            Sending sending = new Sending(Stage.nextTag(), command, data ? SIZE : 0x8765_4321,
                    0xFEDC_BA98_7654_3210L, buffer);
            Reply.OfCommand seen = s.outstanding(sending);
            assertEquals(command, seen.command(), "commandCode");
            assertEquals(sending.size(), seen.size(), "size");
            assertEquals(sending.position(), seen.position(), "position");
            assertEquals(data, seen.buffer() != 0, "buffer");
            int bytes = data ? 512 : 0;
            Stage.ok("CompleteCommand", s.client.completeCommand(s.clientDevice(), seen.pointer(), 0, bytes,
                    0x8000_0000_0000_0001L));
            Completion completion = s.server().awaitCompletion(sending.tag());
            assertEquals(0, completion.completionCode(), "completionCode");
            assertEquals(bytes, completion.bytes(), "bytesTransferred");
            assertEquals(0x8000_0000_0000_0001L, completion.positionOut(), "outPosition");
            assertEquals(sending, new Sending(completion.tag(), completion.command(), completion.size(),
                    completion.position(), completion.buffer()), "the inputs at the callback");
            assertFalse(completion.insideSending(), "callback on the sender's thread");
        }).covers("5.2 " + name, "8.2 " + name, "4.2 VDC_Command", "4.3 VDS_Command");
    }

    private static Rule completionCode(int code) {
        return Rule.of("5.5", "completion code " + code + " arrives unchanged", s -> completes(s.active(), code))
                .covers("5.5 " + code);
    }

    private static void completes(Stage stage, int code) {
        Sending sending = Stage.sending(CommandNumbers.WRITE, SIZE, stage.allocate());
        Reply.OfCommand command = stage.outstanding(sending);
        Stage.ok("CompleteCommand",
                stage.client.completeCommand(stage.clientDevice(), command.pointer(), code, 0, 0));
        assertEquals(code, stage.server().awaitCompletion(sending.tag()).completionCode());
    }

    private static void writes(Stage stage) {
        long buffer = stage.allocate();
        for (int round = 0; round < 3; round++) {
            byte[] content = Bytes.pattern(round, SIZE);
            stage.server().write(buffer, content);
            Sending sending = Stage.sending(CommandNumbers.WRITE, SIZE, buffer);
            Reply.OfCommand command = stage.outstanding(sending);
            assertArrayEquals(content, stage.client.read(command.buffer(), SIZE));
            finish(stage, sending, command, SIZE);
        }
    }

    private static void reads(Stage stage) {
        long buffer = stage.allocate();
        for (int round = 0; round < 3; round++) {
            byte[] content = Bytes.pattern(round, SIZE);
            Sending sending = Stage.sending(CommandNumbers.READ, SIZE, buffer);
            Reply.OfCommand command = stage.outstanding(sending);
            stage.client.write(command.buffer(), content);
            finish(stage, sending, command, SIZE);
            assertArrayEquals(content, stage.server().read(buffer, SIZE));
        }
    }

    private static void prefix(Stage stage) {
        int zone = stage.setup.request().prefixZoneSize();
        List<Reply.OfCommand> commands = new ArrayList<>();
        for (int i = 0; i < stage.setup.buffers(); i++) {
            long buffer = stage.allocate();
            stage.server().write(buffer, Bytes.pattern(i, SIZE));
            commands.add(stage.outstanding(Stage.sending(CommandNumbers.WRITE, SIZE, buffer)));
        }
        for (int i = 0; i < commands.size(); i++) {
            stage.client.write(commands.get(i).buffer() - zone, Bytes.pattern(100 + i, zone));
        }
        for (int i = 0; i < commands.size(); i++) {
            long buffer = commands.get(i).buffer();
            assertArrayEquals(Bytes.pattern(i, SIZE), stage.client.read(buffer, SIZE), "data zone " + i);
            assertArrayEquals(Bytes.pattern(100 + i, zone), stage.client.read(buffer - zone, zone), "prefix zone " + i);
        }
    }

    private static void finish(Stage stage, Sending sending, Reply.OfCommand command, int bytes) {
        Stage.ok("CompleteCommand", stage.client.completeCommand(stage.clientDevice(), command.pointer(), 0, bytes, 0));
        assertEquals(bytes, stage.server().awaitCompletion(sending.tag()).bytes(), "bytesTransferred");
    }

    private static void whence(List<Case> rules) {
        String[] names = {"VDC_Beginning", "VDC_Current", "VDC_End"};
        for (int i = 0; i < names.length; i++) {
            int whence = i;
            rules.add(Rule.of("5.3", names[i] + " is the size of a SetPosition with a signed offset", s -> {
                s.active();
                Sending sending = new Sending(Stage.nextTag(), CommandNumbers.SET_POSITION, whence, -4096, 0);
                Reply.OfCommand command = s.outstanding(sending);
                assertEquals(whence, command.size());
                assertEquals(-4096, command.position());
                Stage.ok("CompleteCommand",
                        s.client.completeCommand(s.clientDevice(), command.pointer(), 0, 0, 1L << 40));
                assertEquals(1L << 40, s.server().awaitCompletion(sending.tag()).positionOut());
            }).setup(Setup.devices(1).features(FeatureBits.LIKE_DISK)).covers("5.3 " + names[i]));
        }
    }
}
