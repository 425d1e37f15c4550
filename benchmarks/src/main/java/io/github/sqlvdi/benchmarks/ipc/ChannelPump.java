package io.github.sqlvdi.benchmarks.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Moves buffers into and out of a byte channel. */
final class ChannelPump {

    private ChannelPump() {
    }

    /** Writes the buffer again and again until the reader closes its end, which the channel reports by an exception. */
    static void produce(ByteBuffer source, WritableByteChannel channel) throws IOException {
        long written = 0;
        try {
            while (true) {
                source.clear();
                while (source.hasRemaining()) {
                    written += channel.write(source);
                }
            }
        } catch (IOException gone) {
            if (written == 0) {
                throw gone; // there was no reader at all
            }
        }
    }

    static void consume(ByteBuffer target, ReadableByteChannel channel, Meter meter) throws IOException {
        while (!meter.isOver()) {
            target.clear();
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new IOException("the producer ended before the measurement");
                }
            }
            meter.count(0, target.capacity());
        }
    }
}
