package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.platform.NativeLibraries;
import io.github.sqlvdi.internal.platform.linux.LinuxProvider;
import io.github.sqlvdi.internal.settings.Settings;
import io.github.sqlvdi.testing.MachineLag;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The special rules of {@code libsqlvdi.so}: names, instances, missing functions, and the unit of its time-outs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "C++ classes as compilers for Linux lay them out")
class LinuxProviderTest {

    private static final long MILLISECOND = 1;
    private static final long SECOND = 1000;

    @AfterEach
    void forgetTheUnit() {
        System.clearProperty(Settings.TIMEOUT_UNIT);
    }

    /** One that knows nothing yet of the library's unit. */
    @SuppressWarnings("restricted")
    private static LinuxProvider freshProvider() {
        Path library = Peer.LINUX.library();
        return new LinuxProvider(library, SymbolLookup.libraryLookup(library, Arena.global()));
    }

    @Test
    void completeLibraryLacksNothing() {
        LinuxProvider provider = assertInstanceOf(LinuxProvider.class, Peer.LINUX.provider());
        assertEquals(List.of(), provider.missingFunctions());
        assertEquals("native: " + Peer.LINUX.library(), provider.name());
        assertSame(provider, NativeLibraries.open(Peer.LINUX.library()), "one provider for one file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OTHER", "1", "a b", "SEVENTEEN45678901"})
    void namedInstanceIsUnknown(String instance) {
        try (ProviderFixture fixture = new ProviderFixture(freshProvider())) {
            assertEquals(Hresults.VD_E_INSTANCE_NAME, fixture.createEx(instance, Peer.freshName()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MSSQLSERVER"})
    void defaultInstanceMayBeNamed(String instance) {
        try (ProviderFixture fixture = new ProviderFixture(freshProvider())) {
            ProviderFixture.ok(fixture.createEx(instance, Peer.freshName()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a\\b", "Sicherung-\u00dc"})
    void nameThatIsNoneOnLinuxIsRefusedBeforeTheLibrarySeesIt(String name) {
        try (ProviderFixture fixture = new ProviderFixture(freshProvider())) {
            assertEquals(Hresults.VD_E_INVALID, fixture.createEx(null, name));
        }
    }

    @Test
    void missingPlacesForResultsAreRefusedBeforeTheLibrarySeesThem() {
        try (ProviderFixture fixture = new ProviderFixture(freshProvider())) {
            assertEquals(Hresults.VD_E_INVALID, fixture.set.create(fixture.text("name"), 0));
            assertEquals(Hresults.VD_E_INVALID, fixture.set.getConfiguration(0, 0));
            assertEquals(Hresults.VD_E_INVALID, fixture.set.openDevice(fixture.text("name"), 0));
            assertEquals(Hresults.VD_E_INVALID, fixture.set.getBufferHandle(fixture.out.address(), 0));
            assertEquals(Hresults.VD_E_INVALID, fixture.set.mapBufferHandle(1, 0));
        }
    }

    @Test
    void serverHalfIsSaidNotToExist() {
        VdiException failure = assertThrows(VdiException.class, () -> freshProvider().newServerSet());
        assertEquals(Hresults.E_NOTIMPL, failure.hresult());
        assertTrue(failure.getMessage().contains("client half only"), failure.getMessage());
    }

    @Test
    void libraryWithoutTheClassesNamesEveryMissingFunction() {
        Path library = NativeBuild.single("empty.cpp", "int nothing() { return 0; }\n");
        String message = assertThrows(UnsupportedOperationException.class, () -> NativeLibraries.open(library))
                .getMessage();
        assertTrue(message.contains(library.toString()), message);
        for (String name : List.of("_ZN22ClientVirtualDeviceSetC1Ev or _ZN22ClientVirtualDeviceSetC2Ev",
                "_ZN22ClientVirtualDeviceSet6CreateEPcP8VDConfig",
                "_ZN19ClientVirtualDevice10GetCommandElPP11VDC_Command",
                "_ZN19ClientVirtualDevice15CompleteCommandEP11VDC_Commandiml")) {
            assertTrue(message.contains(name), () -> name + " is not in: " + message);
        }
    }

    /** Lacks C1, D1, handles and secondaries; a backup needs none of them. */
    @Test
    void libraryWithTheBareNecessitiesIsUsed() {
        Path library = NativeBuild.single("bare.c", """
                #pragma GCC visibility push(default)
                int _ZN22ClientVirtualDeviceSet6CreateEPcP8VDConfig(long *self, char *name, void *cfg);
                int _ZN22ClientVirtualDeviceSet6CreateEPcP8VDConfig(long *self, char *name, void *cfg) {
                    return *self == 77 && name[0] == 'x' && cfg ? 0 : 1;
                }
                #define FUNCTION(name) int name(void); int name(void) { return 5; }
                FUNCTION(_ZN22ClientVirtualDeviceSet16GetConfigurationElP8VDConfig)
                FUNCTION(_ZN22ClientVirtualDeviceSet10OpenDeviceEPcPP19ClientVirtualDevice)
                FUNCTION(_ZN22ClientVirtualDeviceSet5CloseEv)
                FUNCTION(_ZN22ClientVirtualDeviceSet11SignalAbortEv)
                FUNCTION(_ZN19ClientVirtualDevice10GetCommandElPP11VDC_Command)
                FUNCTION(_ZN19ClientVirtualDevice15CompleteCommandEP11VDC_Commandiml)
                void _ZN22ClientVirtualDeviceSetC2Ev(long *self);
                void _ZN22ClientVirtualDeviceSetC2Ev(long *self) { *self = 77; }
                """);
        LinuxProvider provider = assertInstanceOf(LinuxProvider.class, NativeLibraries.open(library));
        assertEquals(List.of("_ZN22ClientVirtualDeviceSetD1Ev", "_ZN22ClientVirtualDeviceSet15OpenInSecondaryEPc",
                "_ZN22ClientVirtualDeviceSet15GetBufferHandleEPhPj",
                "_ZN22ClientVirtualDeviceSet15MapBufferHandleEiPPh"), provider.missingFunctions());
        try (ProviderFixture fixture = new ProviderFixture(provider)) {
            ProviderFixture.ok(fixture.createEx(null, "x"));
            assertEquals(5, fixture.set.signalAbort());
            assertEquals(Hresults.E_NOTIMPL, fixture.set.openInSecondary(fixture.text("x")));
            assertEquals(Hresults.E_NOTIMPL, fixture.set.getBufferHandle(1, fixture.out.address()));
            assertEquals(Hresults.E_NOTIMPL, fixture.set.mapBufferHandle(1, fixture.out.address()));
        }
    }

    @Test
    void automaticUnitSoonTrustsALibraryThatCountsMilliseconds() {
        long longest = longestOfAWait(MILLISECOND, 1500, 1500, 4000);
        assertTrue(longest > 100, () -> "longest time-out " + longest);
    }

    @Test
    void automaticUnitNeverPassesMoreThanTwoToALibraryThatCountsSeconds() {
        assertEquals(2, longestOfAWait(SECOND, 100, 100, 2100 + 3000));
    }

    @Test
    void unitOfSecondsIsRoundedUp() {
        System.setProperty(Settings.TIMEOUT_UNIT, "s");
        assertEquals(1, longestOfAWait(SECOND, 1, 1000, 4000));
    }

    @Test
    void unitOfMillisecondsIsPassedAsItIs() {
        System.setProperty(Settings.TIMEOUT_UNIT, "ms");
        assertEquals(321, longestOfAWait(MILLISECOND, 321, 321, 3000));
    }

    @Test
    void unknownUnitIsRefusedWithWhatIsExpected() {
        System.setProperty(Settings.TIMEOUT_UNIT, "min");
        String message = assertThrows(IllegalArgumentException.class, LinuxProviderTest::freshProvider).getMessage();
        assertEquals("property io.github.sqlvdi.linux.timeoutUnit is \"min\": expected one of [auto, ms, s]", message);
    }

    /** Waits on an idle device of a library that counts in that unit, and gives the largest time-out that it saw. */
    private static long longestOfAWait(long unit, int millis, long least, long most) {
        try (ProviderFixture fixture = new ProviderFixture(freshProvider())) {
            IClientVirtualDevice device = fixture.idleDevice(Peer.LINUX);
            Peer.LINUX.setTimeUnit(unit);
            try (MachineLag lag = MachineLag.start()) {
                assertEquals(Hresults.VD_E_TIMEOUT, device.getCommand(millis, fixture.out.address()));
                Duration took = lag.assertWithin("GetCommand with " + millis + " ms", Duration.ofMillis(most));
                assertTrue(took.toMillis() >= least - 1, () -> millis + " ms took " + took);
            }
            return Peer.LINUX.longestTimeout();
        } finally {
            Peer.LINUX.setTimeUnit(MILLISECOND);
        }
    }
}
