package io.github.sqlvdi.internal.platform.windows;

import io.github.sqlvdi.VdiException;
import java.lang.foreign.MemorySegment;

/** Where COM objects come from. */
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

    /**
     * The source in words, for messages.
     *
     * @return for example the path of a library
     */
    String description();
}
