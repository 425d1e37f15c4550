package io.github.sqlvdi.conformance;

/**
 * How a set is made: what the client asks for and what the server decides.
 *
 * @param request        passed to CreateEx
 * @param serverFeatures added by the server to the client's bits
 * @param blockSize      dwBlockSize of BeginConfiguration
 * @param alignment      dwAlignment of BeginConfiguration
 * @param maxTransfer    dwMaxTransferSize of BeginConfiguration
 * @param bufferSize     dwSize of RequestBuffers
 * @param bufferAlign    dwAlignment of RequestBuffers
 * @param buffers        dwCount of RequestBuffers
 * @param agent          whether the completion agent is started after EndConfiguration
 */
record Setup(RawConfig request, int serverFeatures, int blockSize, int alignment, int maxTransfer, int bufferSize,
        int bufferAlign, int buffers, boolean agent) {

    static final int BLOCK = 512;
    static final int MAX_TRANSFER = 65536;

    /** A pipe-like set for a backup: 512-byte blocks, 4 buffers of 64 KiB. */
    static Setup devices(int deviceCount) {
        return new Setup(RawConfig.request(deviceCount, FeatureBits.LIKE_PIPE), FeatureBits.WRITE_MEDIA, BLOCK, 0,
                MAX_TRANSFER, MAX_TRANSFER, 0, 4, true);
    }

    Setup requesting(RawConfig value) {
        return new Setup(value, serverFeatures, blockSize, alignment, maxTransfer, bufferSize, bufferAlign, buffers,
                agent);
    }

    Setup features(int value) {
        return requesting(request.withFeatures(value));
    }

    Setup answering(int value) {
        return new Setup(request, value, blockSize, alignment, maxTransfer, bufferSize, bufferAlign, buffers, agent);
    }

    Setup blocks(int value, int align, int transfer) {
        return new Setup(request, serverFeatures, value, align, transfer, bufferSize, bufferAlign, buffers, agent);
    }

    Setup buffers(int size, int align, int count) {
        return new Setup(request, serverFeatures, blockSize, alignment, maxTransfer, size, align, count, agent);
    }

    Setup withoutAgent() {
        return new Setup(request, serverFeatures, blockSize, alignment, maxTransfer, bufferSize, bufferAlign, buffers,
                false);
    }
}
