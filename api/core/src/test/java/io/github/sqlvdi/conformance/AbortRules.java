package io.github.sqlvdi.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Abort, early Close and time-out: what each side sees (VDI reference 11.2, 11.4, 11.5, 11.6). */
final class AbortRules {

    private static final int SIZE = Setup.MAX_TRANSFER;
    private static final int TIME_OUT = 40;
    /** Two of these are longer than any machine needs for one command. */
    private static final int LONG_TIME_OUT = 250;

    private AbortRules() {
    }

    /** Who ends the set. */
    @FunctionalInterface
    interface Ending {
        void end(Stage stage);
    }

    static List<Case> cases() {
        List<Case> rules = new ArrayList<>();
        Ending client = s -> Stage.ok("SignalAbort", s.client.signalAbort());
        Ending server = s -> Stage.ok("server SignalAbort", s.server().signalAbort());
        Ending secondary = s -> Stage.ok("SignalAbort of a secondary", s.joined().signalAbort());
        Ending serverClose = s -> Stage.code("server Close", Code.VD_E_PROTOCOL, s.server().close());
        ended(rules, "client SignalAbort", client, "11.6 client SignalAbort");
        ended(rules, "server SignalAbort", server, "11.6 server SignalAbort");
        ended(rules, "SignalAbort of a secondary", secondary, "11.6 client SignalAbort");
        ended(rules, "server Close with open devices", serverClose, "11.4 server Close with open devices");
        rules.add(Rule.of("11.4", "client Close with open devices is an abort for the server", AbortRules::clientCloses)
                .covers("11.4 client Close with open devices", "11.6 client Close too early"));
        mapped(rules, "client SignalAbort", client);
        mapped(rules, "server SignalAbort", server);
        rules.add(Rule.of("11.2", "no buffers and no area after an abort", s -> noNewBuffers(s.active()))
                .covers("11.2 no new buffers"));
        rules.add(Rule.of("11.2", "SignalAbort again, by either side, is NOERROR and CloseDevice does nothing", s -> {
            s.active();
            for (int i = 0; i < 3; i++) {
                Stage.ok("SignalAbort", s.client.signalAbort());
                Stage.ok("server SignalAbort", s.server().signalAbort());
            }
            Stage.code("CloseDevice", Code.VD_E_ABORT, s.server().closeDevice(s.serverDevice()));
            Stage.code("GetCommand", Code.VD_E_ABORT, s.client.getCommand(s.clientDevice(), 0).code());
        }).covers("11.2 SignalAbort again"));
        rules.add(Rule.of("11.6", "a client's failure code does not abort: the devices still close in order",
                s -> failureThenClose(s.active())).covers("11.6 client failure code"));
        rules.add(Rule.of("11.5", "serverTimeOut aborts after two intervals with a command pending",
                s -> timesOut(s.active())).setup(timeOut(TIME_OUT)).covers("11.5 serverTimeOut"));
        rules.add(Rule.of("11.5", "serverTimeOut does nothing while no command is pending",
                s -> idles(s.active())).setup(timeOut(LONG_TIME_OUT)).covers("11.5 serverTimeOut"));
        return rules;
    }

    private static Setup timeOut(int millis) {
        return Setup.devices(1).requesting(RawConfig.request(1, 0).withServerTimeOut(millis));
    }

    /** One command is held by the client, one is queued, one is completed but perhaps not processed. */
    private static void ended(List<Case> rules, String who, Ending ending, String key) {
        rules.add(Rule.of("11.6", who + ": both sides see VD_E_ABORT, outstanding commands 995", s -> {
            s.active();
            Reply.OfCommand held = s.outstanding(Stage.sending(CommandNumbers.FLUSH));
            long heldTag = s.lastTag();
            long queuedTag = s.send(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            ending.end(s);
            Stage.code("CompleteCommand", Code.VD_E_ABORT,
                    s.client.completeCommand(s.clientDevice(), held.pointer(), 0, 0, 0));
            Stage.code("GetCommand", Code.VD_E_ABORT, s.client.getCommand(s.clientDevice(), Bounded.MILLIS).code());
            Stage.code("GetConfiguration", Code.VD_E_ABORT, s.client.getConfiguration(0).code());
            Stage.code("OpenDevice", Code.VD_E_ABORT, s.client.openDevice(s.name).code());
            assertEquals(Code.ERROR_OPERATION_ABORTED, s.server().awaitCompletion(heldTag).completionCode());
            assertEquals(Code.ERROR_OPERATION_ABORTED, s.server().awaitCompletion(queuedTag).completionCode());
            s.server().agentResult();
            assertEquals(2, s.completions().size(), "callbacks");
            Stage.ok("client Close", s.client.close());
        }).covers(key, "11.2 outstanding commands", "11.2 completions are ignored", "11.2 no new command"));
    }

    private static void clientCloses(Stage stage) {
        stage.active();
        stage.outstanding(Stage.sending(CommandNumbers.FLUSH));
        long tag = stage.lastTag();
        Stage.code("client Close", Code.VD_E_OPEN, stage.client.close());
        assertEquals(Code.ERROR_OPERATION_ABORTED, stage.server().awaitCompletion(tag).completionCode());
        Stage.code("ExecuteCompletionAgent", Code.VD_E_ABORT, stage.server().agentResult());
        Sending late = Stage.sending(CommandNumbers.FLUSH);
        Stage.code("SendCommand", Code.VD_E_ABORT, stage.server().sendCommand(stage.serverDevice(), late));
        assertEquals(Code.ERROR_OPERATION_ABORTED, stage.server().awaitCompletion(late.tag()).completionCode());
        Stage.ok("CreateEx with the same object", stage.client.createEx(null, Stage.freshName(),
                stage.setup.request()));
    }

    private static void mapped(List<Case> rules, String who, Ending ending) {
        rules.add(Rule.of("11.2", who + ": buffers stay mapped on both sides until each closes", s -> {
            s.active();
            long buffer = s.allocate();
            s.server().write(buffer, Bytes.pattern(1, SIZE));
            long address = s.outstanding(Stage.sending(CommandNumbers.WRITE, SIZE, buffer)).buffer();
            ending.end(s);
            assertArrayEquals(Bytes.pattern(1, SIZE), s.client.read(address, SIZE), "client's view");
            assertArrayEquals(Bytes.pattern(1, SIZE), s.server().read(buffer, SIZE), "server's view");
            s.client.write(address, Bytes.pattern(2, SIZE));
            assertEquals(Code.SHARED, s.server().isSharedBuffer(buffer), "IsSharedBuffer after an abort");
        }).covers("11.2 buffers stay mapped"));
    }

    private static void noNewBuffers(Stage stage) {
        Stage.ok("SignalAbort", stage.client.signalAbort());
        int allocated = stage.server().allocateBuffer(SIZE, 512).code();
        assertTrue(allocated == Code.VD_E_ABORT || allocated == Code.VD_E_PROTOCOL,
                () -> "AllocateBuffer: " + Code.name(allocated));
        int requested = stage.server().requestBuffers(SIZE, 0, 1);
        assertTrue(requested == Code.VD_E_ABORT || requested == Code.VD_E_PROTOCOL,
                () -> "RequestBuffers: " + Code.name(requested));
    }

    private static void failureThenClose(Stage stage) {
        Sending sending = Stage.sending(CommandNumbers.WRITE, SIZE, stage.allocate());
        Reply.OfCommand command = stage.outstanding(sending);
        Stage.ok("CompleteCommand",
                stage.client.completeCommand(stage.clientDevice(), command.pointer(), 112, 0, 0));
        assertEquals(112, stage.server().awaitCompletion(sending.tag()).completionCode());
        stage.normallyTerminated();
        Stage.ok("server Close", stage.server().close());
        Stage.ok("ExecuteCompletionAgent", stage.server().agentResult());
        Stage.ok("client Close", stage.client.close());
    }

    /** Not before two intervals, and then everywhere. */
    private static void timesOut(Stage stage) {
        long start = System.nanoTime();
        long tag = stage.send(stage.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
        int fetched = stage.client.getCommand(stage.clientDevice(), Bounded.MILLIS).code();
        // A busy machine may let the client fetch after the abort only: a command that waits is pending too.
        assertTrue(fetched == Code.NOERROR || fetched == Code.VD_E_ABORT, () -> "GetCommand: " + Code.name(fetched));
        Completion completion = stage.server().awaitCompletion(tag);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertEquals(Code.ERROR_OPERATION_ABORTED, completion.completionCode());
        assertTrue(millis >= 2 * TIME_OUT - 1, "aborted after " + millis + " ms, two intervals are " + 2 * TIME_OUT);
        Stage.code("GetCommand", Code.VD_E_ABORT, stage.client.getCommand(stage.clientDevice(), Bounded.MILLIS).code());
        Stage.code("ExecuteCompletionAgent", Code.VD_E_ABORT, stage.server().agentResult());
    }

    private static void idles(Stage stage) {
        Stage.code("GetCommand", Code.VD_E_TIMEOUT,
                stage.client.getCommand(stage.clientDevice(), 3 * LONG_TIME_OUT).code());
        // The end in order shows that the set lives. A command could be late on a busy machine.
        stage.normallyTerminated();
        Stage.ok("server Close", stage.server().close());
        Stage.ok("ExecuteCompletionAgent", stage.server().agentResult());
        Stage.ok("client Close", stage.client.close());
    }
}
