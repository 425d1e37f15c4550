package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;
import java.util.Optional;

/** A device that reads a channel of the user. It closes the channel at the end, also after a failure. */
record ChannelSource(ReadableByteChannel channel, Optional<Pipeline> pipeline) implements JobDevice {

    ChannelSource {
        ChannelTransfer.requireBlocking(Objects.requireNonNull(channel, "source"), "source");
    }

    @Override
    public CommandHandler open(VdiConfig agreed) throws IOException {
        return pipeline.isPresent() ? new DecodingDevice(channel, pipeline.get()) : PipeDevice.reading(channel);
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        channel.close();
    }

    @Override
    public Optional<Object> identity() {
        return Optional.of(new ChannelTarget.ChannelIdentity(channel));
    }
}
