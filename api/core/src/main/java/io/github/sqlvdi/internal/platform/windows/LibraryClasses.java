package io.github.sqlvdi.internal.platform.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.bindings.Guids;
import io.github.sqlvdi.internal.com.ClassFactoryCalls;
import io.github.sqlvdi.internal.com.Results;
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The classes of one library file, registered or not: {@code DllGetClassObject} gives the factory of a class, and the
 * factory an object. {@code CoCreateInstance} does the same with a registered in-process library; here the caller
 * chooses the file, for tests and for installations side by side.
 */
public final class LibraryClasses implements ComClasses {

    private static final String GET_CLASS_OBJECT_NAME = "DllGetClassObject";
    private static final MethodHandle GET_CLASS_OBJECT =
            Native.downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));

    private final Path path;
    private final MemorySegment getClassObject;

    private LibraryClasses(Path path, MemorySegment getClassObject) {
        this.path = path;
        this.getClassObject = getClassObject;
    }

    /**
     * Finds the classes of a loaded library.
     *
     * @param path the file, for messages
     * @param symbols the symbols that it exports
     * @return empty if it exports no {@code DllGetClassObject}: it is no library of COM classes
     */
    public static Optional<LibraryClasses> of(Path path, SymbolLookup symbols) {
        return symbols.find(GET_CLASS_OBJECT_NAME).map(function -> new LibraryClasses(path, function));
    }

    @Override
    public long create(MemorySegment clsid, MemorySegment iid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check("DllGetClassObject", clsid, getClassObject(clsid, out), out);
            ClassFactoryCalls factory = new ClassFactoryCalls(out.get(JAVA_LONG, 0));
            try {
                out.set(JAVA_LONG, 0, 0);
                check("IClassFactory::CreateInstance", clsid, factory.createInstance(iid.address(), out.address()),
                        out);
                return out.get(JAVA_LONG, 0);
            } finally {
                factory.release();
            }
        }
    }

    private int getClassObject(MemorySegment clsid, MemorySegment out) {
        try {
            return (int) GET_CLASS_OBJECT.invokeExact(getClassObject, clsid.address(), ClassFactoryCalls.IID.address(),
                    out.address());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Checks the result of a step, and that it gave an object: a library may report success with a NULL pointer, which
     * must not be called.
     */
    private void check(String step, MemorySegment clsid, int hresult, MemorySegment out) {
        String operation = String.format(Locale.ROOT, "%s of class {%s} in %s", step, Guids.text(clsid), path);
        Results.check(operation, hresult);
        if (out.get(JAVA_LONG, 0) == 0) {
            throw new VdiException(operation + " gave no object; it", Hresults.E_POINTER);
        }
    }

    @Override
    public String description() {
        return path.toString();
    }
}
