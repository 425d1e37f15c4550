package io.github.sqlvdi.emulator;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiProvider;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A statement as it was described: the builder's values. Sources belong to a backup, targets to a restore. */
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
        long sectionSize,
        boolean supportsComplete) {

    private static final int BUFFERS_PER_DEVICE = 4;

    int deviceCount() {
        return backup ? sources.size() : targets.size();
    }

    List<String> deviceNames() {
        return names.isEmpty() ? DeviceNames.of(setName, deviceCount()) : names;
    }

    /** A device without a buffer would stand still until another one ends. */
    int bufferCount() {
        return requestedBuffers == 0
                ? BUFFERS_PER_DEVICE * deviceCount()
                : Math.max(requestedBuffers, deviceCount());
    }

    OptionalLong streamLength(int device) {
        return streamLengths.isEmpty() ? OptionalLong.empty() : OptionalLong.of(streamLengths.get(device));
    }

    String statementName() {
        return backup ? "BACKUP DATABASE" : "RESTORE DATABASE";
    }
}
