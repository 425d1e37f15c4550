package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A pipe-like device that writes a target, directly or through a pipeline. */
final class TargetDevice implements JobDevice {

    private final BackupTarget target;
    private final Optional<Pipeline> pipeline;
    private final Finishing finishing;
    private final Optional<SnapshotHooks> hooks;
    /** Made by {@link #prepare()}, so that a missing library is found before the statement; owned until {@link #open}. */
    private List<StreamEncoder> encoders = List.of();
    private EncodedStream stream;

    TargetDevice(BackupTarget target, Optional<Pipeline> pipeline) {
        this(target, pipeline, Optional.empty());
    }

    TargetDevice(BackupTarget target, Optional<Pipeline> pipeline, Optional<SnapshotHooks> hooks) {
        this.target = target;
        this.pipeline = pipeline;
        this.finishing = new Finishing(target);
        this.hooks = hooks;
    }

    BackupTarget target() {
        return target;
    }

    /** {@return the codecs and the bytes before them, for people; empty without codecs} */
    Optional<String> encoding() {
        return pipeline.filter(it -> stream != null && !it.codecs().isEmpty())
                .map(it -> String.join(", ", it.codecs().stream().map(codec -> codec.name()).toList()) + " of "
                        + stream.rawBytes() + " bytes");
    }

    @Override
    public void prepare() throws IOException {
        if (pipeline.isPresent()) {
            encoders = pipeline.get().encoders();
        }
        target.begin();
    }

    @Override
    public CommandHandler open(VdiConfig agreed) throws IOException {
        if (hooks.isPresent()) {
            return PipeDevice.writing(finishing, hooks.get());
        }
        if (pipeline.isEmpty()) {
            return PipeDevice.writing(finishing);
        }
        List<StreamEncoder> owned = encoders;
        encoders = List.of();
        stream = EncodedStream.open(finishing, pipeline.get(), owned, agreed);
        return new PipelinedDevice(stream, pipeline.get().throttle());
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        try {
            if (succeeded) {
                finishAll();
                target.keep();
            } else {
                endEncoding();
                target.undo();
            }
        } finally {
            endEncoding();
        }
    }

    /** Finishes what VDC_Complete has not finished. An incomplete stream is of no use, so it is removed. */
    private void finishAll() throws IOException {
        try {
            if (stream != null) {
                stream.finishNow();
            }
        } catch (IOException | RuntimeException failure) {
            endEncoding();
            try {
                target.undo();
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
        finishing.finish();
    }

    private void endEncoding() {
        encoders.forEach(StreamEncoder::close);
        encoders = List.of();
        if (stream != null) {
            stream.close();
        }
    }

    @Override
    public Optional<String> leave() throws IOException {
        try {
            endEncoding();
        } finally {
            if (!finishing.finished) {
                target.undo();
            }
        }
        return finishing.finished ? target.leave() : Optional.empty();
    }

    @Override
    public Optional<Object> identity() {
        return target.identity();
    }

    /**
     * Finishes the target once: for VDC_Complete, or at the end of the job for a server that does not know
     * VDC_Complete.
     */
    private static final class Finishing implements BackupTarget {

        private final BackupTarget target;
        private boolean finished;

        Finishing(BackupTarget target) {
            this.target = target;
        }

        @Override
        public void begin() throws IOException {
            target.begin();
        }

        @Override
        public java.nio.channels.WritableByteChannel channel() {
            return target.channel();
        }

        @Override
        public void flush() throws IOException {
            if (!finished) {
                target.flush();
            }
        }

        @Override
        public void finish() throws IOException {
            if (!finished) {
                target.finish();
                finished = true;
            }
        }

        @Override
        public Optional<java.nio.channels.ReadableByteChannel> readBack() throws IOException {
            return target.readBack();
        }

        @Override
        public long memory() {
            return target.memory();
        }

        @Override
        public void keep() throws IOException {
            target.keep();
        }

        @Override
        public void undo() throws IOException {
            target.undo();
        }
    }
}
