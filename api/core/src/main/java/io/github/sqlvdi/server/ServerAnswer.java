package io.github.sqlvdi.server;

import io.github.sqlvdi.ConfigRules;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.internal.provider.Timeouts;
import java.time.Duration;

/**
 * The values that a server chooses after the client's request ({@code BeginConfiguration}, VDI reference 3.7.3), for
 * {@link ServerDeviceSet#beginConfiguration(ServerAnswer)}. Immutable.
 */
public final class ServerAnswer {

    private final int features;
    private final int blockSize;
    private final int alignment;
    private final int maxTransferSize;
    private final int timeout;

    private ServerAnswer(Builder values) {
        features = values.features;
        blockSize = values.blockSize;
        alignment = values.alignment;
        maxTransferSize = values.maxTransferSize;
        timeout = values.timeout;
    }

    /**
     * An answer with blocks of 512 bytes, transfers of up to 65,536 bytes, and no features.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    int features() {
        return features;
    }

    int blockSize() {
        return blockSize;
    }

    int alignment() {
        return alignment;
    }

    int maxTransferSize() {
        return maxTransferSize;
    }

    /** The time-out in the form of the interface: milliseconds, or INFINITE. */
    int timeout() {
        return timeout;
    }

    /** Collects the values of an answer. Not safe for several threads at once. */
    public static final class Builder {

        private int features;
        private int blockSize = ConfigRules.MIN_BLOCK_SIZE;
        private int alignment;
        private int maxTransferSize = ConfigRules.TRANSFER_UNIT;
        private int timeout = Timeouts.INFINITE;

        private Builder() {
        }

        /**
         * Sets the final features.
         *
         * @param mask the client's features, changed where the server needs it, with the direction and, if the client
         *     asked for it, {@link Features#COMPLETE_ENABLED}
         * @return this
         */
        public Builder features(int mask) {
            features = mask;
            return this;
        }

        /**
         * Sets the unit of transfer; the default is 512 bytes.
         *
         * @param bytes a power of two, 512 to 65,536
         * @return this
         */
        public Builder blockSize(int bytes) {
            blockSize = bytes;
            return this;
        }

        /**
         * Sets the smallest alignment of data zones; the default 0 means the block size.
         *
         * @param bytes 0, or a power of two from the block size to 65,536
         * @return this
         */
        public Builder alignment(int bytes) {
            alignment = bytes;
            return this;
        }

        /**
         * Sets the largest transfer; the default is 65,536 bytes.
         *
         * @param bytes a multiple of 65,536 up to 4,194,304
         * @return this
         */
        public Builder maxTransferSize(int bytes) {
            maxTransferSize = bytes;
            return this;
        }

        /**
         * Sets how long the library may wait for buffer areas of the client; the default is no limit.
         *
         * @param limit zero or more, parts of a millisecond are rounded up
         * @return this
         * @throws IllegalArgumentException if the limit is negative
         */
        public Builder timeout(Duration limit) {
            timeout = Timeouts.toDword(limit);
            return this;
        }

        /**
         * Makes the answer.
         *
         * @return the answer
         * @throws IllegalArgumentException if a value is out of its range; the message names it
         */
        public ServerAnswer build() {
            ConfigRules.answerProblem(blockSize, alignment, maxTransferSize).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            return new ServerAnswer(this);
        }
    }
}
