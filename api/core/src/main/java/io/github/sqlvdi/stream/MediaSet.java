package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.util.Objects;

/** A device with media that get their names on success. */
record MediaSet(MediaFiles media, JobDevice device) implements JobDevice {

    MediaSet {
        Objects.requireNonNull(media, "media");
    }

    @Override
    public CommandHandler open(VdiConfig agreed) throws IOException {
        return device.open(agreed);
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        if (succeeded) {
            media.commit();
        } else {
            media.close();
        }
    }
}
