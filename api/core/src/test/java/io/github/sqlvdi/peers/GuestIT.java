package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.peers.Guest.Program;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * C++ programs that know the two classes of {@code libsqlvdi.so} only work against the embedded VDI, through the library
 * of the samples, and find their process as they left it.
 */
@EnabledOnOs(OS.LINUX)
@SuppressWarnings("restricted")
class GuestIT {

    private static final int DEVICE_BYTES = 8 << 20;
    private static final String GOOD = "0x00000000";
    private static final String CLOSED = "0x8077000E";
    /** The functions of (VDI reference 13.2); of constructors and destructors both variants, because callers may ask for either. */
    private static final List<String> FUNCTIONS = List.of("22ClientVirtualDeviceSetC1Ev",
            "22ClientVirtualDeviceSetC2Ev",
            "22ClientVirtualDeviceSetD1Ev", "22ClientVirtualDeviceSetD2Ev",
            "22ClientVirtualDeviceSet6CreateEPcP8VDConfig", "22ClientVirtualDeviceSet16GetConfigurationElP8VDConfig",
            "22ClientVirtualDeviceSet10OpenDeviceEPcPP19ClientVirtualDevice", "22ClientVirtualDeviceSet5CloseEv",
            "22ClientVirtualDeviceSet11SignalAbortEv", "22ClientVirtualDeviceSet15OpenInSecondaryEPc",
            "22ClientVirtualDeviceSet15GetBufferHandleEPhPj", "22ClientVirtualDeviceSet15MapBufferHandleEiPPh",
            "22ClientVirtualDeviceSet20RegisterDeviceClosedEv", "19ClientVirtualDeviceC1Ev",
            "19ClientVirtualDeviceC2Ev", "19ClientVirtualDeviceD1Ev", "19ClientVirtualDeviceD2Ev",
            "19ClientVirtualDevice10GetCommandElPP11VDC_Command",
            "19ClientVirtualDevice15CompleteCommandEP11VDC_Commandiml");

    @TempDir
    private static Path folder;
    private static Guest guest;

    @BeforeAll
    static void build() {
        guest = Guest.build(folder);
    }

    @AfterEach
    void endPrograms() {
        guest.close();
    }

    private static PeerPlan plan(boolean restore, int devices) {
        return restore ? PeerPlan.restore(devices, DEVICE_BYTES) : PeerPlan.backup(devices, DEVICE_BYTES);
    }

    private static String served(int device, int commands, int completes) {
        return String.format(Locale.ROOT, "device %d: end %s, %d commands, %d bytes, 0 wrong words, %d completes",
                device,
                CLOSED, commands, DEVICE_BYTES, completes);
    }

    @Test
    void libraryAndPeerHaveTheFunctionsOfSqlServersLibrary() {
        for (Path library : List.of(guest.library(), NativeBuild.library("linux"))) {
            SymbolLookup functions = SymbolLookup.libraryLookup(library, Arena.global());
            assertEquals(List.of(), FUNCTIONS.stream().filter(name -> functions.find("_ZN" + name).isEmpty()).toList(),
                    () -> "missing in " + library);
            // With it, sqlvdi and other programs would take the library for one of COM classes.
            assertTrue(functions.find("DllGetClassObject").isEmpty(), library::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "4, false", "4, true"})
    void everyDeviceMovesItsDataOnAThreadOfItsOwn(int devices, boolean restore) throws Exception {
        String name = Guest.freshName();
        Program program = guest.start("transfer", name, Integer.toString(devices), "0");
        assertEquals("created " + GOOD, program.worker().expect("created"));
        PeerPlan plan = plan(restore, devices);
        GuestStatement statement = GuestStatement.start(name, plan);
        assertTrue(program.worker().expect("configured").startsWith("configured " + GOOD));
        int commands = DEVICE_BYTES / plan.transferSize() + (restore ? 0 : 1);
        for (int i = 0; i < devices; i++) {
            assertEquals(served(i, commands, 0), program.worker().expect("device"));
        }
        assertEquals(PeerVerdict.good(plan), statement.verdict());
        assertEquals("closed " + GOOD, program.worker().expect("closed"));
        program.ends(0);
        assertEquals("", program.text(), "words on standard error");
    }

    @Test
    void agreedCompleteComesAfterTheData() throws Exception {
        String name = Guest.freshName();
        Program program = guest.start("transfer", name, "1", Integer.toString(Features.REQUEST_COMPLETE));
        program.worker().expect("created");
        PeerPlan plan = plan(false, 1);
        GuestStatement statement = GuestStatement.start(name, plan);
        String configured = program.worker().expect("configured");
        assertEquals("configured " + GOOD + String.format(Locale.ROOT, ", features 0x%X",
                Features.REQUEST_COMPLETE | Features.COMPLETE_ENABLED | Features.WRITE_MEDIA), configured);
        assertEquals(served(0, DEVICE_BYTES / plan.transferSize() + 2, 1), program.worker().expect("device"));
        assertEquals(PeerVerdict.good(plan), statement.verdict());
        program.ends(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threeSecondaryProcessesMoveTheirDevices(boolean restore) throws Exception {
        String name = Guest.freshName();
        Program primary = guest.start("primary", name, "3");
        primary.worker().expect("created " + GOOD);
        PeerPlan plan = plan(restore, 3);
        GuestStatement statement = GuestStatement.start(name, plan);
        primary.worker().expect("configured " + GOOD);
        List<Program> secondaries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            secondaries.add(guest.start("secondary", name, Integer.toString(i)));
        }
        int commands = DEVICE_BYTES / plan.transferSize() + (restore ? 0 : 1);
        for (int i = 0; i < 3; i++) {
            secondaries.get(i).worker().expect("joined " + GOOD);
            assertEquals(served(i, commands, 0), secondaries.get(i).worker().expect("device"));
            secondaries.get(i).worker().expect("closed " + GOOD);
            secondaries.get(i).ends(0);
        }
        assertEquals(PeerVerdict.good(plan), statement.verdict());
        primary.worker().tell("close");
        primary.worker().expect("closed " + GOOD);
        primary.ends(0);
    }

    @Test
    void serverThatAbortsEndsTheClient() throws Exception {
        String name = Guest.freshName();
        Program program = guest.start("transfer", name, "1", "0");
        program.worker().expect("created");
        GuestStatement statement =
                GuestStatement.start(name, plan(false, 1).failing(PeerPlan.Fault.ABORT, DEVICE_BYTES / 2));
        assertTrue(program.worker().expect("device").startsWith("device 0: end 0x80770004"));
        assertEquals(CompletionCodes.OPERATION_ABORTED, statement.verdict().completionCode());
        program.ends(0);
    }

    @Test
    void abortFromAnotherThreadEndsGetConfiguration() throws Exception {
        Program program = guest.start("abort", Guest.freshName());
        program.worker().expect("created " + GOOD);
        program.worker().expect("configured 0x80770004");
        program.ends(0);
    }

    /** The whole time of a wait is at least what was asked for, and not the other unit's. */
    @ParameterizedTest
    @CsvSource({"'', 400, 400, 60000", "ms, 400, 400, 60000", "s, 1, 1000, 60000", "'', 0, 0, 60000"})
    void timeoutsHaveTheUnitThatTheVariableNames(String unit, String timeout, long least, long most) throws Exception {
        Map<String, String> variables = unit.isEmpty() ? Map.of() : Map.of("SQLVDI_TIMEOUT_UNIT", unit);
        Program program = guest.start("guest", variables, "wait", Guest.freshName(), timeout);
        program.worker().expect("created " + GOOD);
        String[] waited = program.worker().expect("waited").split(" ");
        assertEquals("0x80770003", waited[1]);
        long millis = Long.parseLong(waited[2]);
        assertTrue(millis >= least && millis < most, () -> millis + " ms");
        program.worker().expect("closed " + GOOD);
        program.ends(0);
    }

    @Test
    void wrongUnitOfTimeoutsIsRefusedInWords() throws Exception {
        Program program = guest.start("guest", Map.of("SQLVDI_TIMEOUT_UNIT", "h"), "wait", Guest.freshName(), "1");
        program.worker().expect("created 0x80770006");
        program.ends(0);
        assertTrue(program.text().contains("SQLVDI_TIMEOUT_UNIT is neither ms nor s"), program.text());
    }

    @Test
    void processThatEndsWithoutCloseKeepsItsCodeAndTheServerIsTold() throws Exception {
        String name = Guest.freshName();
        Program program = guest.start("leave", name);
        program.worker().expect("created " + GOOD);
        GuestStatement statement = GuestStatement.start(name, plan(false, 1));
        program.worker().expect("command " + GOOD);
        program.ends(7);
        assertEquals(CompletionCodes.OPERATION_ABORTED, statement.verdict().completionCode());
    }

    @Test
    void localeOfTheClientStays() throws Exception {
        Program program = guest.start("guest", Map.of("LC_ALL", "C.UTF-8"), "locale", Guest.freshName());
        String before = program.worker().expect("locale before");
        program.worker().expect("created " + GOOD);
        assertEquals(before.replace("before", "after"), program.worker().expect("locale after"));
        program.ends(0);
    }

    /** The client takes German numbers only; what Java would take, by the environment, is more. */
    @Test
    void germanNumbersOfTheClientStay() throws Exception {
        Path locales = Files.createDirectories(folder.resolve("locales"));
        try {
            Process made = new ProcessBuilder("localedef", "-i", "de_DE", "-f", "UTF-8",
                    locales.resolve("de_DE.UTF-8").toString()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            assumeTrue(made.waitFor() <= 1 && Files.exists(locales.resolve("de_DE.UTF-8")),
                    "localedef has no de_DE (Debian, Ubuntu: apt-get install locales)");
        } catch (IOException e) {
            assumeTrue(false, "no localedef: " + e.getMessage());
        }
        Map<String, String> german = Map.of("LOCPATH", locales.toString(), "LC_ALL", "de_DE.UTF-8");
        Program program = guest.start("guest", german, "locale", Guest.freshName());
        String before = program.worker().expect("locale before");
        assertTrue(before.contains("LC_CTYPE=C;LC_NUMERIC=de_DE.UTF-8") && before.endsWith("1.5 is 1,5"), before);
        program.worker().expect("created " + GOOD);
        assertEquals(before.replace("before", "after"), program.worker().expect("locale after"));
        program.ends(0);
    }

    @Test
    void handlersOfTheClientStay() throws Exception {
        Program program = guest.start("signals", Guest.freshName());
        program.worker().expect("created " + GOOD);
        assertEquals("11 signals arrived", program.worker().expect(""));
        program.ends(0);
    }

    @Test
    void forkBeforeTheFirstUseWorksAndAfterItIsRefusedInWords() throws Exception {
        Program program = guest.start("fork", Guest.freshName());
        assertEquals("child before the first use: created " + GOOD, program.worker().expect("child"));
        assertEquals("it ended with 0", program.worker().expect("it ended"));
        assertEquals("created " + GOOD, program.worker().expect("created"));
        assertEquals("child after the first use: GetConfiguration 0x8077000C", program.worker().expect("child"));
        assertEquals("child after the first use: Create 0x8077000C", program.worker().expect("child"));
        assertEquals("it ended with 3", program.worker().expect("it ended"));
        assertEquals("parent: GetConfiguration 0x80770003, Close " + GOOD, program.worker().expect("parent"));
        program.ends(0);
        assertTrue(program.text().contains("came by fork"), program.text());
    }

    @ParameterizedTest
    @CsvSource({"32, 0x8077000A", "64, 0x8077000A", "128, 0x8077000A", "256, 0x00000000", "1024, 0x00000000"})
    void stackThatIsTooSmallIsAnErrorAndLeavesTheProcess(int kibibytes, String result) throws Exception {
        Program program = guest.start("stack", Guest.freshName(), Integer.toString(kibibytes));
        assertEquals("created " + result + " on a stack of " + kibibytes + " KiB", program.worker().expect("created"));
        assertEquals("created " + GOOD, program.worker().expect("created"));
        program.ends(0);
        assertEquals(!result.equals(GOOD), program.text().contains("the stack of this thread is too small"),
                program.text());
    }

    @Test
    void libraryCanBeLoadedAndUnloadedTwice() throws Exception {
        Program program = guest.start("loader", Map.of(), guest.library().toString(), Guest.freshName());
        assertEquals("created " + GOOD + ", closed " + GOOD + ", unloaded 0", program.worker().expect(""));
        assertEquals("created " + GOOD + ", closed " + GOOD + ", unloaded 0", program.worker().expect(""));
        program.ends(0);
    }

    @Test
    void nothingIsWrittenOnTheClientsStreams() throws Exception {
        Program program = guest.start("quiet", Guest.freshName());
        program.ends(0);
        assertEquals("", program.text());
        assertEquals(List.of(), program.worker().rest());
    }

    @Test
    void jvmThatDoesNotStartIsAnErrorAndLeavesTheProcess() throws Exception {
        Program program = guest.start("guest", Map.of("SQLVDI_JAVA_OPTIONS", "-Xmx1k"), "abort", Guest.freshName());
        assertEquals("created 0x8000FFFF", program.worker().expect("created"));
        program.ends(0);
        assertTrue(program.text().contains("the JVM did not start: "), program.text());
        assertTrue(program.text().contains("Too small maximum heap"), program.text());
        Program silent = guest.start("guest", Map.of("SQLVDI_JAVA_OPTIONS", "-Xmx1k", "SQLVDI_LOG", "none"), "abort",
                Guest.freshName());
        silent.ends(0);
        assertEquals("", silent.text());
    }
}
