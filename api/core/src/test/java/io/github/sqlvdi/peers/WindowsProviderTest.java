package io.github.sqlvdi.peers;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet2;
import io.github.sqlvdi.internal.platform.windows.Apartment;
import io.github.sqlvdi.internal.platform.windows.ApartmentProvider;
import io.github.sqlvdi.internal.platform.windows.ClassesProvider;
import io.github.sqlvdi.internal.platform.windows.LibraryClasses;
import io.github.sqlvdi.internal.platform.windows.Ole32;
import io.github.sqlvdi.internal.platform.windows.RegisteredClasses;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The provider for Windows where there is no Windows: a library of COM classes with the real DllGetClassObject, and the
 * functions of ole32 with the rules of COM about apartments.
 */
@SuppressWarnings("restricted")
class WindowsProviderTest {

    private static final int SINGLE_THREADED = 2;

    @AfterEach
    void register() {
        setRegistered(1);
    }

    private static void setRegistered(int value) {
        Peer.call(() -> {
            Linker.nativeLinker().downcallHandle(Peer.OLE32.symbols().find("peer_set_registered").orElseThrow(),
                    FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(value);
            return null;
        });
    }

    private static void setMtaUsage(int result) {
        Peer.call(() -> {
            Linker.nativeLinker().downcallHandle(Peer.OLE32.symbols().find("peer_set_mta_usage").orElseThrow(),
                    FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(result);
            return null;
        });
    }

    private static int initialize(int mode) {
        return Peer.call(() -> (int) Linker.nativeLinker()
                .downcallHandle(Peer.OLE32.symbols().find("CoInitializeEx").orElseThrow(),
                        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT))
                .invokeExact(0L, mode));
    }

    private static ApartmentProvider registered() {
        Ole32 ole32 = new Ole32(Peer.OLE32.symbols());
        return new ApartmentProvider(new RegisteredClasses(ole32), new Apartment(ole32));
    }

    /** Runs a call on a thread that COM has never seen. */
    private static <T> T onNewThread(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofPlatform().daemon().name("peer-new-thread").start(task);
        return task.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void threadThatNeverInitialisedComMayCreateAndCall() throws Exception {
        int before = Peer.OLE32.liveObjects();
        try (ProviderFixture fixture = onNewThread(() -> new ProviderFixture(registered()))) {
            ProviderFixture.ok(fixture.createEx(null, Peer.freshName()));
            assertEquals(Hresults.VD_E_TIMEOUT, onNewThread(() -> {
                fixture.provider.enter();
                return fixture.set.getConfiguration(0, fixture.config.address());
            }));
        }
        assertEquals(before, Peer.OLE32.liveObjects(), "objects that were not given back");
    }

    @Test
    void threadOfTheApplicationIsNotBoundToAnApartment() throws Exception {
        onNewThread(() -> {
            new ProviderFixture(registered()).close();
            assertEquals(Hresults.S_OK, initialize(SINGLE_THREADED), "the thread's first CoInitializeEx");
            assertThrows(VdiException.class, () -> registered().newClientSet(), "asked again for each new set");
            return null;
        });
    }

    @Test
    void apartmentThatCannotBeKeptIsReportedToTheThreadThatCreates() {
        setMtaUsage(Hresults.E_OUTOFMEMORY);
        try {
            ApartmentProvider provider = registered();
            VdiException failure = assertThrows(VdiException.class, provider::newClientSet);
            assertEquals(Hresults.E_OUTOFMEMORY, failure.hresult());
            assertEquals("CoIncrementMTAUsage", failure.operation());
        } finally {
            setMtaUsage(Hresults.S_OK);
        }
    }

    @Test
    void threadThatIsInitializedAlreadyMayCall() throws Exception {
        onNewThread(() -> {
            ProviderFixture.ok(initialize(0));
            new ProviderFixture(registered()).close();
            return null;
        });
    }

    @Test
    void singleThreadedApartmentIsRefusedWithTheReason() throws Exception {
        VdiException failure = assertThrows(VdiException.class, () -> {
            try {
                onNewThread(() -> {
                    ProviderFixture.ok(initialize(SINGLE_THREADED));
                    return registered().newClientSet();
                });
            } catch (java.util.concurrent.ExecutionException e) {
                throw e.getCause();
            }
        });
        assertEquals(Hresults.RPC_E_CHANGED_MODE, failure.hresult());
        assertTrue(failure.getMessage().contains("CoGetApartmentType on thread \"peer-new-thread\""),
                failure.getMessage());
    }

    @Test
    void singleThreadedApartmentIsRefusedEachTimeItEnters() throws Exception {
        ApartmentProvider provider = registered();
        onNewThread(() -> {
            ProviderFixture.ok(initialize(SINGLE_THREADED));
            for (int i = 0; i < 2; i++) {
                assertEquals(Hresults.RPC_E_CHANGED_MODE,
                        assertThrows(VdiException.class, provider::enter).hresult());
            }
            return null;
        });
        provider.enter(); // this thread is none
    }

    @Test
    void virtualThreadMayCall() throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            new ProviderFixture(registered()).close();
            return null;
        });
        Thread.ofVirtual().start(task);
        task.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void unregisteredClassIsExplained() {
        setRegistered(0);
        VdiException failure = assertThrows(VdiException.class, () -> registered().newClientSet());
        assertEquals(Hresults.REGDB_E_CLASSNOTREG, failure.hresult());
        assertTrue(failure.getMessage().contains("{40700425-0080-11d2-851f-00c04fc21759}"), failure.getMessage());
        assertTrue(failure.getMessage().contains(System.getProperty("os.arch")), failure.getMessage());
        assertEquals(Hresults.REGDB_E_CLASSNOTREG, registered().probe());
    }

    @Test
    void probeMakesAnObjectAndGivesItBack() {
        int before = Peer.OLE32.liveObjects();
        assertEquals(Hresults.S_OK, registered().probe());
        assertEquals(before, Peer.OLE32.liveObjects());
    }

    @Test
    void classThatALibraryDoesNotHaveIsExplained() {
        Path path = Peer.CPP.library();
        LibraryClasses classes = LibraryClasses.of(path, Peer.CPP.symbols()).orElseThrow();
        VdiException failure = assertThrows(VdiException.class, () -> classes.create(
                Guids.CLSID_WINFS_ClientVirtualDeviceSet, Guids.IID_IClientVirtualDeviceSet2));
        assertEquals(Hresults.CLASS_E_CLASSNOTAVAILABLE, failure.hresult());
        assertTrue(failure.getMessage().contains("DllGetClassObject") && failure.getMessage().contains(path.toString()),
                failure.getMessage());
    }

    @Test
    void interfaceThatAClassDoesNotHaveIsExplained() {
        LibraryClasses classes = LibraryClasses.of(Peer.C.library(), Peer.C.symbols()).orElseThrow();
        VdiException failure = assertThrows(VdiException.class, () -> classes.create(
                Guids.CLSID_MSSQL_ClientVirtualDeviceSet, Guids.IID_IServerVirtualDeviceSet2));
        assertEquals(Hresults.E_NOINTERFACE, failure.hresult());
        assertTrue(failure.getMessage().contains("IClassFactory::CreateInstance"), failure.getMessage());
    }

    @Test
    void libraryOfComClassesIsChosenByWhatItExports() {
        assertInstanceOf(ClassesProvider.class, Peer.C.provider());
        assertInstanceOf(ClassesProvider.class, Peer.CPP.provider());
    }

    @Test
    void serverHalfOfALibraryIsMadeThroughItsOwnClass() {
        int before = Peer.CPP.liveObjects();
        IServerVirtualDeviceSet2 server = Peer.CPP.provider().newServerSet();
        assertEquals(Hresults.VD_E_PROTOCOL, server.close());
        Peer.CPP.provider().release(server);
        assertEquals(before, Peer.CPP.liveObjects());
    }

    @Test
    void systemComIsSaidToBeMissingElsewhere() {
        org.junit.jupiter.api.Assumptions.assumeFalse(System.getProperty("os.name").startsWith("Windows"));
        String message = assertThrows(UnsupportedOperationException.class, Ole32::ofSystem).getMessage();
        assertEquals("ole32.dll cannot be loaded on " + System.getProperty("os.name") + ": expected Windows", message);
    }
}
