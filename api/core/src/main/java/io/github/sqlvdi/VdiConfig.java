package io.github.sqlvdi;

import java.time.Duration;
import java.util.Objects;

/**
 * The configuration of a device set ({@code VDConfig}, VDI reference 4.1 and 6). The client asks with the first seven
 * values when it creates the set; the server answers with all eleven. Make a request with {@link #builder()}; the
 * canonical constructor checks nothing, because an answer is reported as it came.
 *
 * <p>All values are unsigned 32-bit numbers in the interface and are kept bit for bit in {@code int}s.
 *
 * @param deviceCount number of devices, 1..64
 * @param features feature bits, see {@link Features}; in an answer with the direction of the statement
 * @param prefixZoneSize bytes in front of each buffer that belong to the client alone
 * @param alignment alignment of the data zones in bytes: in a request the client's minimum (0 = no wish), in an answer
 *     the final one; a power of two up to 65,536
 * @param softFileMarkBlockSize size in bytes of an emulated filemark of a tape-like device, 0 for real filemarks
 * @param eomWarningSize bytes that still fit on a medium after the end-of-media warning; 0 = the server does not limit
 *     itself
 * @param serverTimeOutMillis milliseconds after two of which without any completion the server aborts; 0 = never
 * @param blockSize answer only: the unit of all transfers in bytes, a power of two from 512 to 65,536
 * @param maxIoDepth answer only: always 4, without meaning today
 * @param maxTransferSize answer only: the largest transfer in bytes, a multiple of 65,536
 * @param bufferAreaSize answer only: bytes of the buffer area
 */
public record VdiConfig(
        int deviceCount,
        int features,
        int prefixZoneSize,
        int alignment,
        int softFileMarkBlockSize,
        int eomWarningSize,
        int serverTimeOutMillis,
        int blockSize,
        int maxIoDepth,
        int maxTransferSize,
        int bufferAreaSize) {

    /** The largest number of devices of a set (VDI reference 6.2). */
    public static final int MAX_DEVICES = 64;

    /**
     * A request for one pipe-like device with every value at its default.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
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
     * both direction bits; then it is a backup (VDI reference 6.4).
     *
     * @return true with {@link Features#READ_MEDIA} alone
     */
    public boolean isRestore() {
        return (features & (Features.READ_MEDIA | Features.WRITE_MEDIA)) == Features.READ_MEDIA;
    }

    /** Collects the values a client may ask for; the server's values stay 0. Not safe for several threads at once. */
    public static final class Builder {

        private int deviceCount = 1;
        private int features = Features.LIKE_PIPE;
        private int prefixZoneSize;
        private int alignment;
        private int softFileMarkBlockSize;
        private int eomWarningSize;
        private int serverTimeOutMillis;

        private Builder() {
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
         * Sets the interval after two of which without a completion the server aborts; the default zero means never.
         * It is a debugging aid: loading a medium may take longer than any such limit (VDI reference 11.5).
         *
         * @param interval zero, or 1 ms to 2,147,483,647 ms; parts of a millisecond are dropped
         * @return this
         * @throws IllegalArgumentException if the interval is outside that range
         */
        public Builder serverTimeOut(Duration interval) {
            Objects.requireNonNull(interval, "interval");
            if (interval.isNegative() || interval.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0
                    || (!interval.isZero() && interval.toMillis() == 0)) {
                throw new IllegalArgumentException("serverTimeOut is " + interval
                        + ": expected zero (no limit), or 1 ms to 2,147,483,647 ms");
            }
            serverTimeOutMillis = (int) interval.toMillis();
            return this;
        }

        /**
         * Makes the request.
         *
         * @return the configuration, the server's values 0
         * @throws IllegalArgumentException if a value is one that creating a set would refuse with
         *     {@code VD_E_NOTSUPPORTED} (0x80770009); the message names the value and what is expected
         */
        public VdiConfig build() {
            VdiConfig request = new VdiConfig(deviceCount, features, prefixZoneSize, alignment, softFileMarkBlockSize,
                    eomWarningSize, serverTimeOutMillis, 0, 0, 0, 0);
            ConfigRules.requestProblem(request).ifPresent(problem -> {
                throw new IllegalArgumentException(
                        problem + "; a set with it is refused with VD_E_NOTSUPPORTED (0x80770009)");
            });
            return request;
        }
    }
}
