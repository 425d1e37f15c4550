package io.github.sqlvdi.emulator;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiProvider;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The values of the builder. A backup has sources, a restore has targets. */
record StatementPlan(
        boolean backup,
        boolean snapshot,
        VdiProvider provider,
        Optional<String> instance,
        String setName,
        List<String> names,
        List<ReadableByteChannel> sources,
        List<WritableByteChannel> targets,
        List<Long> streamLengths,
        int blockSize,
        int maxTransferSize,
        int requestedBuffers,
        long bufferRoom,
        long sectionSize,
        boolean supportsComplete,
        boolean log,
        boolean wholeBlocks) {

    private static final int BUFFERS_PER_DEVICE = 4;

    int deviceCount() {
        return backup ? sources.size() : targets.size();
    }

    List<String> deviceNames() {
        return names.isEmpty() ? DeviceNames.of(setName, deviceCount()) : names;
    }

    /**
     * {@return the number of buffers, at least one for each device: a device without a buffer would wait until another
     * device ends}
     */
    int bufferCount() {
        return requestedBuffers == 0
                ? BUFFERS_PER_DEVICE * deviceCount()
                : Math.max(requestedBuffers, deviceCount());
    }

    OptionalLong streamLength(int device) {
        return streamLengths.isEmpty() ? OptionalLong.empty() : OptionalLong.of(streamLengths.get(device));
    }

    String statementName() {
        return (backup ? "BACKUP " : "RESTORE ") + (log ? "LOG" : "DATABASE");
    }
}
