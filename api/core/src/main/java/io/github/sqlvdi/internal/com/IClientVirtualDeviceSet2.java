package io.github.sqlvdi.internal.com;

/**
 * The client side of a device set, with instances (VDI reference 3.5); its slots follow those of set 1.
 *
 * <p>Pointers are addresses; 0 is NULL. Results are raw HRESULTs, S_OK (0) unless stated otherwise. The methods are in
 * the order of the slots.
 */
public interface IClientVirtualDeviceSet2 extends IClientVirtualDeviceSet {
    /**
     * Creates a set (VDI reference 3.5.1).
     *
     * @param lpInstanceName without the machine's name; NULL is the default instance
     * @param lpName any characters but backslash, case-sensitive, unique among the sets that are alive
     * @param pCfg a {@code VDConfig} with the request of the client
     * @return also VD_E_NOTSUPPORTED (a field of the configuration), VD_E_PROTOCOL (the object has a set, or the name
     *     is taken), VD_E_INSTANCE_NAME, VD_E_SECURITY, VD_E_INVALID, VD_E_MEMORY, E_ACCESSDENIED
     */
    int createEx(long lpInstanceName, long lpName, long pCfg);

    /**
     * Joins the primary's set (VDI reference 3.5.7).
     *
     * @param lpInstanceName as in {@link #createEx}
     * @param lpSetName exactly the primary's
     * @return also VD_E_PROTOCOL, VD_E_ABORT
     */
    int openInSecondaryEx(long lpInstanceName, long lpSetName);
}
