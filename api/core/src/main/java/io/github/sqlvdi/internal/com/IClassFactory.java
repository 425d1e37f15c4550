package io.github.sqlvdi.internal.com;

/** {@code IClassFactory}: makes the objects of one COM class. Every method returns the raw HRESULT. */
public interface IClassFactory {

    /**
     * {@code HRESULT CreateInstance(IUnknown *pUnkOuter, REFIID riid, void **ppvObject)}, slot 3.
     *
     * @param pUnkOuter the outer object of an aggregation, 0 for none
     * @param riid the address of the interface's identifier
     * @param ppvObject gets the pointer; on success it owns a reference, else it is NULL
     */
    int createInstance(long pUnkOuter, long riid, long ppvObject);

    /** {@code HRESULT LockServer(BOOL fLock)}, slot 4. */
    int lockServer(int fLock);
}
