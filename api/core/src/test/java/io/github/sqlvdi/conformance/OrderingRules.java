package io.github.sqlvdi.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;

/** Ordering and concurrency (VDI reference 8.18), and what CloseDevice waits for (VDI reference 3.9.2, 16.10). */
final class OrderingRules {

    private static final int SIZE = Setup.MAX_TRANSFER;
    private static final int MANY = 200;

    private OrderingRules() {
    }

    static List<Case> cases() {
        return List.of(
                Rule.of("8.18", "commands of one device are delivered in the order they were sent",
                        s -> deliveredInOrder(s.active())).covers("8.18 rule 1"),
                Rule.of("8.18", "as many commands as there are buffers may be outstanding",
                        s -> outstanding(s.active()))
                        .setup(Setup.devices(1).buffers(512, 0, 64)).covers("8.18 rule 2"),
                Rule.of("8.18", "commands may be completed in any order, matched by pointer", s -> anyOrder(s.active()))
                        .covers("8.18 rule 4"),
                Rule.of("8.18", "a device whose client does nothing holds up no other device",
                        s -> independent(s.active()))
                        .setup(Setup.devices(2)).covers("8.18 rule 5"),
                Rule.of("8.18", "eight devices at once, each with its own threads, lose and mix nothing",
                        s -> concurrently(s.active())).setup(Setup.devices(8).buffers(4096, 0, 16))
                        .covers("8.18 rule 5"),
                Rule.of("8.18", "Flush may be completed while earlier Writes are held, and the other way round",
                        s -> flushIsNoBarrierOfTheLibrary(s.active())).covers("8.18 rule 4"),
                Rule.of("16.10", "VD_E_CLOSE comes after every queued command was fetched and completed",
                        s -> closeComesLast(s.active())).covers("16.10 VD_E_CLOSE after all commands"),
                Rule.of("16.10", "each SendCommand leads to exactly one callback, even across an abort",
                        s -> oneCallbackEach(s.active())).covers("16.10 one callback per SendCommand"),
                Rule.of("7.1", "a buffer may serve any device of the set", s -> anyDevice(s.active()))
                        .setup(Setup.devices(2)));
    }

    private static void complete(Stage stage, long device, Reply.OfCommand command) {
        Stage.ok("CompleteCommand", stage.client.completeCommand(device, command.pointer(), 0, 0, command.position()));
    }

    /** A command without data that carries a number. */
    private static Sending numbered(int number) {
        return new Sending(Stage.nextTag(), CommandNumbers.FLUSH, 0, number, 0);
    }

    private static void deliveredInOrder(Stage stage) {
        for (int i = 0; i < MANY; i++) {
            stage.send(stage.serverDevice(), numbered(i));
        }
        for (int i = 0; i < MANY; i++) {
            Reply.OfCommand command = stage.fetch(stage.clientDevice());
            assertEquals(i, command.position(), "number of the command");
            complete(stage, stage.clientDevice(), command);
        }
    }

    private static void outstanding(Stage stage) {
        List<Reply.OfCommand> held = new ArrayList<>();
        for (int i = 0; i < stage.setup.buffers(); i++) {
            Sending sending = Stage.sending(CommandNumbers.WRITE, 512, stage.allocate());
            stage.server().write(sending.buffer(), Bytes.pattern(i, 512));
            held.add(stage.outstanding(sending));
        }
        assertEquals(held.size(), held.stream().map(Reply.OfCommand::pointer).distinct().count(), "command blocks");
        for (int i = 0; i < held.size(); i++) {
            assertArrayEquals(Bytes.pattern(i, 512), stage.client.read(held.get(i).buffer(), 512));
            complete(stage, stage.clientDevice(), held.get(i));
        }
        stage.server().awaitCompletion(stage.lastTag());
        assertEquals(held.size(), stage.completions().size(), "callbacks");
    }

    private static void anyOrder(Stage stage) {
        List<Sending> sent = new ArrayList<>();
        List<Reply.OfCommand> held = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            sent.add(numbered(i));
            held.add(stage.outstanding(sent.getLast()));
        }
        Collections.shuffle(held, new Random(1));
        held.forEach(command -> complete(stage, stage.clientDevice(), command));
        for (int i = 0; i < MANY; i++) {
            assertEquals(i, stage.server().awaitCompletion(sent.get(i).tag()).positionOut(), "position of " + i);
        }
        assertEquals(MANY, stage.completions().size(), "callbacks");
    }

    private static void independent(Stage stage) {
        for (int i = 0; i < 10; i++) {
            stage.send(stage.serverDevices.get(0), numbered(i));
        }
        long working = stage.clientDevices.get(1);
        for (int i = 0; i < MANY; i++) {
            long tag = stage.send(stage.serverDevices.get(1), numbered(i));
            complete(stage, working, stage.fetch(working));
            assertEquals(i, stage.server().awaitCompletion(tag).positionOut());
        }
        assertEquals(0, stage.fetch(stage.clientDevices.get(0)).position(), "first command of the idle device");
    }

    private static void concurrently(Stage stage) {
        List<Future<Integer>> senders = new ArrayList<>();
        List<Future<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < stage.clientDevices.size(); i++) {
            int device = i;
            clients.add(Bounded.start("conformance-client-" + i, () -> serve(stage, device)));
            senders.add(Bounded.start("conformance-server-" + i, () -> sendAll(stage, device)));
        }
        senders.forEach(sender -> assertEquals(MANY, Bounded.await("a sender", sender)));
        clients.forEach(client -> assertEquals(MANY, Bounded.await("a client thread", client)));
    }

    /** Sends one Write after the other through a buffer of its own and closes the device. */
    private static int sendAll(Stage stage, int device) {
        long buffer = stage.allocate();
        int size = stage.setup.bufferSize();
        for (int i = 0; i < MANY; i++) {
            stage.server().write(buffer, Bytes.pattern(device * 1000L + i, size));
            Sending sending = new Sending(Stage.nextTag(), CommandNumbers.WRITE, size, i, buffer);
            Stage.ok("SendCommand", stage.server().sendCommand(stage.serverDevices.get(device), sending));
            Completion completion = stage.server().awaitCompletion(sending.tag());
            assertEquals(i, completion.positionOut(), "position of device " + device);
        }
        Stage.ok("CloseDevice", stage.server().closeDevice(stage.serverDevices.get(device)));
        return MANY;
    }

    /** Checks and completes until VD_E_CLOSE. */
    private static int serve(Stage stage, int device) {
        long pointer = stage.clientDevices.get(device);
        int size = stage.setup.bufferSize();
        for (int i = 0;; i++) {
            Reply.OfCommand command = stage.client.getCommand(pointer, Bounded.MILLIS);
            if (command.code() == Code.VD_E_CLOSE) {
                return i;
            }
            Stage.ok("GetCommand", command.code());
            assertArrayEquals(Bytes.pattern(device * 1000L + i, size), stage.client.read(command.buffer(), size));
            complete(stage, pointer, command);
        }
    }

    private static void flushIsNoBarrierOfTheLibrary(Stage stage) {
        Reply.OfCommand write = stage.outstanding(Stage.sending(CommandNumbers.WRITE, SIZE, stage.allocate()));
        Sending flush = Stage.sending(CommandNumbers.FLUSH);
        complete(stage, stage.clientDevice(), stage.outstanding(flush));
        stage.server().awaitCompletion(flush.tag());
        complete(stage, stage.clientDevice(), write);
    }

    private static void closeComesLast(Stage stage) {
        List<Long> tags = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tags.add(stage.send(stage.serverDevice(), numbered(i)));
        }
        Stage.ok("CloseDevice", stage.server().closeDevice(stage.serverDevice()));
        long device = stage.clientDevice();
        List<Reply.OfCommand> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(stage.fetch(device));
            assertEquals(i, held.getLast().position(), "number of the command");
        }
        for (Reply.OfCommand command : held) {
            Stage.code("GetCommand with a command held", Code.VD_E_TIMEOUT, stage.client.getCommand(device, 0).code());
            complete(stage, device, command);
        }
        Stage.code("GetCommand", Code.VD_E_CLOSE, stage.client.getCommand(device, 0).code());
        tags.forEach(tag -> assertEquals(0, stage.server().awaitCompletion(tag).completionCode(), "completionCode"));
    }

    private static void oneCallbackEach(Stage stage) {
        List<Long> tags = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            tags.add(stage.send(stage.serverDevice(), numbered(i)));
            if (i % 3 != 0) {
                complete(stage, stage.clientDevice(), stage.fetch(stage.clientDevice()));
            }
        }
        stage.server().awaitCompletion(tags.get(0));
        Stage.ok("SignalAbort", stage.client.signalAbort());
        Stage.code("ExecuteCompletionAgent", Code.VD_E_ABORT, stage.server().agentResult());
        List<Long> called = stage.completions().stream().map(Completion::tag).sorted().toList();
        assertEquals(tags, called, "tags of the callbacks");
        assertTrue(stage.completions().stream().allMatch(completion -> completion.completionCode() == 0
                || completion.completionCode() == Code.ERROR_OPERATION_ABORTED), "callbacks with 0 or 995 only");
    }

    private static void anyDevice(Stage stage) {
        long buffer = stage.allocate();
        for (int i = 0; i < 2; i++) {
            stage.server().write(buffer, Bytes.pattern(i, SIZE));
            long tag = stage.send(stage.serverDevices.get(i), Stage.sending(CommandNumbers.WRITE, SIZE, buffer));
            Reply.OfCommand command = stage.fetch(stage.clientDevices.get(i));
            assertArrayEquals(Bytes.pattern(i, SIZE), stage.client.read(command.buffer(), SIZE));
            complete(stage, stage.clientDevices.get(i), command);
            stage.server().awaitCompletion(tag);
        }
    }
}
