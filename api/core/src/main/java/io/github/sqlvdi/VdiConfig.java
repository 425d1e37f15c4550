package io.github.sqlvdi;

import java.time.Duration;
import java.util.Objects;

/**
 * The configuration of a device set ({@code VDConfig}, VDI reference 4.1 and 6). The client requests seven values when
 * it creates the set; the server answers with all eleven. Immutable.
 *
 * <p>The numbers are unsigned 32-bit numbers in the interface and are kept bit for bit in {@code int}s. The values that
 * only the server chooses are 0 in a request.
 */
public final class VdiConfig {

    /** The largest number of devices of a set (VDI reference 6.2). */
    public static final int MAX_DEVICES = 64;

    private static final long MAX_DWORD = 0xFFFF_FFFFL;

    private final int deviceCount;
    private final int features;
    private final int prefixZoneSize;
    private final int alignment;
    private final int softFileMarkBlockSize;
    private final int eomWarningSize;
    private final Duration serverTimeOut;
    private final int blockSize;
    private final int maxIoDepth;
    private final int maxTransferSize;
    private final int bufferAreaSize;

    private VdiConfig(Builder values) {
        deviceCount = values.deviceCount;
        features = values.features;
        prefixZoneSize = values.prefixZoneSize;
        alignment = values.alignment;
        softFileMarkBlockSize = values.softFileMarkBlockSize;
        eomWarningSize = values.eomWarningSize;
        serverTimeOut = values.serverTimeOut;
        blockSize = values.blockSize;
        maxIoDepth = values.maxIoDepth;
        maxTransferSize = values.maxTransferSize;
        bufferAreaSize = values.bufferAreaSize;
    }

    /**
     * Starts a request for one pipe-like device, with every value at its default.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a configuration with all values of this one, so that some of them can be changed.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@return the number of devices, 1..64} */
    public int deviceCount() {
        return deviceCount;
    }

    /** {@return the feature bits, see {@link Features}; in an answer with the direction of the statement} */
    public int features() {
        return features;
    }

    /** {@return the bytes in front of each buffer that belong to the client alone} */
    public int prefixZoneSize() {
        return prefixZoneSize;
    }

    /**
     * The alignment of the data zones.
     *
     * @return bytes: in a request the client's minimum (0 = no wish), in an answer the final one; a power of two up to
     *     65,536
     */
    public int alignment() {
        return alignment;
    }

    /** {@return the size in bytes of an emulated filemark of a tape-like device, 0 for real filemarks} */
    public int softFileMarkBlockSize() {
        return softFileMarkBlockSize;
    }

    /** {@return the bytes that still fit on a medium after the end-of-media warning; 0 when the server has no limit} */
    public int eomWarningSize() {
        return eomWarningSize;
    }

    /**
     * {@return the interval of the server's time-out: the server aborts after two intervals without any completion;
     * zero for never}
     */
    public Duration serverTimeOut() {
        return serverTimeOut;
    }

    /** {@return the unit of all transfers in bytes, a power of two from 512 to 65,536; 0 in a request} */
    public int blockSize() {
        return blockSize;
    }

    /** {@return 4 in every answer, a value without meaning today; 0 in a request} */
    public int maxIoDepth() {
        return maxIoDepth;
    }

    /** {@return the largest transfer in bytes, a multiple of 65,536; 0 in a request} */
    public int maxTransferSize() {
        return maxTransferSize;
    }

    /** {@return the bytes of the buffer area; 0 in a request} */
    public int bufferAreaSize() {
        return bufferAreaSize;
    }

    /**
     * Whether the answer says that the statement is a backup: the devices are written (VDI reference 6.4).
     *
     * @return true with {@link Features#WRITE_MEDIA}
     */
    public boolean isBackup() {
        return (features & Features.WRITE_MEDIA) != 0;
    }

    /**
     * Whether the answer says that the statement is a restore: the devices are read and not written. A server may set
     * both direction bits; then the statement is a backup (VDI reference 6.4).
     *
     * @return true with {@link Features#READ_MEDIA} alone
     */
    public boolean isRestore() {
        return (features & (Features.READ_MEDIA | Features.WRITE_MEDIA)) == Features.READ_MEDIA;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VdiConfig that && deviceCount == that.deviceCount && features == that.features
                && prefixZoneSize == that.prefixZoneSize && alignment == that.alignment
                && softFileMarkBlockSize == that.softFileMarkBlockSize && eomWarningSize == that.eomWarningSize
                && serverTimeOut.equals(that.serverTimeOut) && blockSize == that.blockSize
                && maxIoDepth == that.maxIoDepth && maxTransferSize == that.maxTransferSize
                && bufferAreaSize == that.bufferAreaSize;
    }

    @Override
    public int hashCode() {
        return Objects.hash(deviceCount, features, prefixZoneSize, alignment, softFileMarkBlockSize, eomWarningSize,
                serverTimeOut, blockSize, maxIoDepth, maxTransferSize, bufferAreaSize);
    }

    /** {@return all values with their names, in one line} */
    @Override
    public String toString() {
        return "VdiConfig[deviceCount=" + deviceCount + ", features=" + Features.describe(features)
                + ", prefixZoneSize=" + prefixZoneSize + ", alignment=" + alignment + ", softFileMarkBlockSize="
                + softFileMarkBlockSize + ", eomWarningSize=" + eomWarningSize + ", serverTimeOut=" + serverTimeOut
                + ", blockSize=" + blockSize + ", maxIoDepth=" + maxIoDepth + ", maxTransferSize=" + maxTransferSize
                + ", bufferAreaSize=" + bufferAreaSize + "]";
    }

    /**
     * Collects the values of a configuration. A client sets the first seven and calls {@link #build()}. The other four
     * and {@link #buildAnswer()} belong to the server's side: a test double of a server uses them. Not safe for several
     * threads at once.
     */
    public static final class Builder {

        private int deviceCount = 1;
        private int features = Features.LIKE_PIPE;
        private int prefixZoneSize;
        private int alignment;
        private int softFileMarkBlockSize;
        private int eomWarningSize;
        private Duration serverTimeOut = Duration.ZERO;
        private int blockSize;
        private int maxIoDepth;
        private int maxTransferSize;
        private int bufferAreaSize;

        private Builder() {
        }

        private Builder(VdiConfig config) {
            deviceCount = config.deviceCount;
            features = config.features;
            prefixZoneSize = config.prefixZoneSize;
            alignment = config.alignment;
            softFileMarkBlockSize = config.softFileMarkBlockSize;
            eomWarningSize = config.eomWarningSize;
            serverTimeOut = config.serverTimeOut;
            blockSize = config.blockSize;
            maxIoDepth = config.maxIoDepth;
            maxTransferSize = config.maxTransferSize;
            bufferAreaSize = config.bufferAreaSize;
        }

        /**
         * Sets the number of devices; the default is 1.
         *
         * @param count 1..64
         * @return this
         */
        public Builder deviceCount(int count) {
            deviceCount = count;
            return this;
        }

        /**
         * Sets the class of the devices and the optional features; the default is a plain {@link Features#LIKE_PIPE}.
         *
         * @param mask one class of {@link Features} together with optional bits, none of
         *     {@link Features#SERVER_ANSWERS}
         * @return this
         */
        public Builder features(int mask) {
            features = mask;
            return this;
        }

        /**
         * Sets the bytes in front of each buffer that belong to the client alone; the default is 0.
         *
         * @param bytes 0 or more
         * @return this
         */
        public Builder prefixZoneSize(int bytes) {
            prefixZoneSize = bytes;
            return this;
        }

        /**
         * Sets the smallest alignment of the data zones the client needs; the default 0 leaves it to the server.
         *
         * @param bytes 0 or a power of two up to 65,536
         * @return this
         */
        public Builder alignment(int bytes) {
            alignment = bytes;
            return this;
        }

        /**
         * Sets the size of an emulated filemark; the default 0 means real filemarks.
         *
         * @param bytes 0 or more; only with {@link Features#FILE_MARKS}
         * @return this
         */
        public Builder softFileMarkBlockSize(int bytes) {
            softFileMarkBlockSize = bytes;
            return this;
        }

        /**
         * Sets how many bytes still fit on a medium after the end-of-media warning; the default 0 means no limit.
         *
         * @param bytes 0 or more
         * @return this
         */
        public Builder eomWarningSize(int bytes) {
            eomWarningSize = bytes;
            return this;
        }

        /**
         * Sets the interval of the server's time-out: the server aborts after two intervals without a completion. The
         * default zero means never. The time-out is a debugging aid: loading a medium may take longer than any such
         * limit (VDI reference 11.5).
         *
         * @param interval zero, or 1 ms to 4,294,967,295 ms; parts of a millisecond are dropped
         * @return this
         * @throws IllegalArgumentException if the interval is outside that range
         */
        public Builder serverTimeOut(Duration interval) {
            Objects.requireNonNull(interval, "interval");
            if (interval.isNegative() || interval.compareTo(Duration.ofMillis(MAX_DWORD)) > 0
                    || (!interval.isZero() && interval.toMillis() == 0)) {
                throw new IllegalArgumentException("serverTimeOut is " + interval
                        + ": expected zero (no limit), or 1 ms to 4,294,967,295 ms");
            }
            serverTimeOut = Duration.ofMillis(interval.toMillis());
            return this;
        }

        /**
         * Sets the unit of all transfers, for an answer.
         *
         * @param bytes a power of two from 512 to 65,536
         * @return this
         */
        public Builder blockSize(int bytes) {
            blockSize = bytes;
            return this;
        }

        /**
         * Sets {@link VdiConfig#maxIoDepth()}, for an answer.
         *
         * @param depth any number; a server sets 4
         * @return this
         */
        public Builder maxIoDepth(int depth) {
            maxIoDepth = depth;
            return this;
        }

        /**
         * Sets the largest transfer, for an answer.
         *
         * @param bytes a multiple of 65,536 up to 4,194,304
         * @return this
         */
        public Builder maxTransferSize(int bytes) {
            maxTransferSize = bytes;
            return this;
        }

        /**
         * Sets the size of the buffer area, for an answer.
         *
         * @param bytes an unsigned number
         * @return this
         */
        public Builder bufferAreaSize(int bytes) {
            bufferAreaSize = bytes;
            return this;
        }

        /**
         * Makes a request. The server's values of the builder are ignored.
         *
         * @return the configuration; the server's values are 0
         * @throws IllegalArgumentException if the creation of a set would refuse a value with {@code VD_E_NOTSUPPORTED}
         *     (0x80770009); the message names the value and what is expected
         */
        public VdiConfig build() {
            Builder asked = new Builder(new VdiConfig(this));
            asked.blockSize = 0;
            asked.maxIoDepth = 0;
            asked.maxTransferSize = 0;
            asked.bufferAreaSize = 0;
            VdiConfig request = new VdiConfig(asked);
            ConfigRules.requestProblem(request).ifPresent(problem -> {
                throw new IllegalArgumentException(
                        problem + "; a set with it is refused with VD_E_NOTSUPPORTED (0x80770009)");
            });
            return request;
        }

        /**
         * Makes a server's answer with all eleven values. The values are not checked, because the library passes on an
         * answer as it came.
         *
         * @return the configuration
         */
        public VdiConfig buildAnswer() {
            return new VdiConfig(this);
        }
    }
}
