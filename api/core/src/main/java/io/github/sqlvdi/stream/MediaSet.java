package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A device whose media get their names on success. */
record MediaSet(MediaFiles media, String deviceClass, JobDevice device) implements JobDevice {

    MediaSet {
        Objects.requireNonNull(media, "media");
    }

    @Override
    public void prepare() throws IOException {
        media.begin();
    }

    @Override
    public CommandHandler open(VdiConfig agreed) throws IOException {
        return device.open(agreed);
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        if (succeeded) {
            media.finish();
            media.keep();
        } else {
            media.close();
        }
    }

    @Override
    public Optional<String> leave() throws IOException {
        List<String> places = media.leave();
        return places.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", places));
    }

    @Override
    public Optional<Object> identity() {
        return media.isWriting()
                ? media.written().getFirst().identity()
                : FileIdentity.of(media.path(1));
    }
}
