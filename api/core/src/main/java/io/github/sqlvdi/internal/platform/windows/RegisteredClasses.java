package io.github.sqlvdi.internal.platform.windows;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.com.Results;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * The classes that are registered with Windows, as SQL Server's setup registers {@code sqlvdi.dll} (VDI reference 3.2).
 */
public final class RegisteredClasses implements ComClasses {

    private final Ole32 ole32;

    /**
     * Uses the classes that COM finds.
     *
     * @param ole32 the functions of COM
     */
    public RegisteredClasses(Ole32 ole32) {
        this.ole32 = ole32;
    }

    @Override
    public long create(MemorySegment clsid, MemorySegment iid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            String operation =
                    String.format(Locale.ROOT, "CoCreateInstance of class {%s} in a %s JVM", Guids.text(clsid),
                            System.getProperty("os.arch"));
            Results.check(operation, ole32.createInstance(clsid.address(), iid.address(), out.address()));
            if (out.get(JAVA_LONG, 0) == 0) {
                throw new VdiException(operation + " gave no object; it", Hresults.E_POINTER);
            }
            return out.get(JAVA_LONG, 0);
        }
    }

    @Override
    public String description() {
        return "sqlvdi.dll as registered";
    }
}
