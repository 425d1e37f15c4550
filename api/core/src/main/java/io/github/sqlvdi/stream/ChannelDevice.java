package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.channels.Channel;

/** A device over a channel of the user, which is closed in any case. */
record ChannelDevice(Channel channel, CommandHandler handler) implements JobDevice {

    @Override
    public CommandHandler open(VdiConfig agreed) {
        return handler;
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        channel.close();
    }
}
