package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.NothingRemains;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The results for a set that could not be joined: by whether it is still there. */
class UnreachableSetTest {
    private static final String INSTANCE = "MSSQLSERVER";
    private static final String NAME = "unreachable";

    @RegisterExtension
    final NothingRemains clean = new NothingRemains();

    private final Host host = Hosts.current();

    private int result(IOException failure) {
        return SetMember.unreachable(host, INSTANCE, NAME, failure, Hresults.VD_E_INVALID);
    }

    @Test
    void setThatHasEndedWhileItWasJoinedIsNotThere() {
        assertEquals(Hresults.VD_E_INVALID, result(new IOException("its memory was refused")));
        assertEquals(Hresults.VD_E_INVALID, result(new AccessDeniedException("/proc/1/fd/3")));
    }

    @Test
    void setThatIsStillThereCannotBeReached() throws IOException {
        SetMember primary = SetMember.create(host, INSTANCE, NAME, VdiConfig.builder().build());
        try {
            assertEquals(Hresults.VD_E_UNEXPECTED, result(new IOException("its memory was refused")));
            assertEquals(Hresults.VD_E_SECURITY, result(new AccessDeniedException("/proc/1/fd/3")));
        } finally {
            primary.close();
        }
    }
}
