package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet;

/** The server interface of SQL Server 7.0. It has no instance name, and one SetConfiguration (VDI reference 3.8). */
final class LegacyServerSet implements IServerVirtualDeviceSet {
    private final ServerSet set;

    LegacyServerSet(ServerSet set) {
        this.set = set;
    }

    @Override
    public int open(long lpName) {
        return set.open(Names.instanceOfEnvironment(), lpName);
    }

    @Override
    public int getConfiguration(long pCfg) {
        return set.getConfiguration(pCfg);
    }

    @Override
    public int setConfiguration(long pCfg) {
        return set.setConfiguration(pCfg);
    }

    @Override
    public int executeCompletionAgent() {
        return set.executeCompletionAgent();
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        return set.openDevice(lpName, ppVirtualDevice);
    }

    @Override
    public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
        return set.allocateBuffer(ppBuffer, dwSize, dwAlignment);
    }

    @Override
    public int freeBuffer(long pBuffer, int dwSize) {
        return set.freeBuffer(pBuffer, dwSize);
    }

    @Override
    public int isSharedBuffer(long pBuffer) {
        return set.isSharedBuffer(pBuffer);
    }

    @Override
    public int signalAbort() {
        return set.signalAbort();
    }

    @Override
    public int close() {
        return set.close();
    }
}
