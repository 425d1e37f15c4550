package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.VdiException;
import java.lang.foreign.MemorySegment;

/** A source of COM objects. */
public sealed interface ComClasses permits RegisteredClasses, LibraryClasses {

    /**
     * Makes an object. The calling thread must be in an apartment where COM demands one.
     *
     * @param clsid the class's identifier, 16 bytes of native memory
     * @param iid the interface's identifier, 16 bytes of native memory
     * @return an interface pointer with one reference
     * @throws VdiException with the HRESULT of the step that failed
     */
    long create(MemorySegment clsid, MemorySegment iid);

    /** {@return the source in words, for messages, for example the path of a library} */
    String description();
}
