package io.github.sqlvdi.conformance;

/** IServerVirtualDeviceSet2, driven by values. */
interface ServerHalf2 extends ServerHalf {

    int open(String instance, String name);

    int beginConfiguration(int features, int blockSize, int alignment, int maxTransferSize, int timeout);

    int requestBuffers(int size, int alignment, int count);

    Reply queryAvailableBuffers(int size, int alignment, Out out);

    int endConfiguration();

    default Reply queryAvailableBuffers(int size, int alignment) {
        return queryAvailableBuffers(size, alignment, Out.VALID);
    }
}
