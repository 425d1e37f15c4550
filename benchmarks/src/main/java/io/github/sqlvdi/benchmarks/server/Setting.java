package io.github.sqlvdi.benchmarks.server;

import io.github.sqlvdi.benchmarks.result.ResultTable;
import io.github.sqlvdi.jdbc.BackupPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a backup is made.
 *
 * @param transferSize MAXTRANSFERSIZE in bytes
 * @param buffers BUFFERCOUNT, of all devices together
 * @param devices how many
 * @param codec the name of the compression, see {@link Codecs}
 */
public record Setting(int transferSize, int buffers, int devices, String codec) {

    /** {@return the bytes of the buffers} */
    public long memory() {
        return (long) transferSize * buffers;
    }

    /** {@return whether each device can have a buffer, without which the server refuses the statement (message 3273)} */
    public boolean isPossible() {
        return buffers >= devices;
    }

    /** {@return whether the bytes are compressed on this side of the devices} */
    public boolean isCompressedHere() {
        return Codecs.isHere(codec);
    }

    /**
     * Puts the options into a plan.
     *
     * @param plan the plan
     * @return the plan
     */
    public BackupPlan on(BackupPlan plan) {
        plan.transferSize(transferSize).bufferCount(buffers);
        return codec.equals(Codecs.SERVER) ? plan.compression() : plan;
    }

    /** {@return the parameters of a measurement} */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("transfer", ResultTable.size(transferSize));
        parameters.put("buffers", String.valueOf(buffers));
        parameters.put("devices", String.valueOf(devices));
        if (!codec.equals(Codecs.NONE)) {
            parameters.put("codec", codec);
        }
        return parameters;
    }
}
