package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.util.Optional;

/** A pipe-like device that writes a target. */
final class TargetDevice implements JobDevice {

    private final BackupTarget target;
    private final Finishing finishing;

    TargetDevice(BackupTarget target) {
        this.target = target;
        this.finishing = new Finishing(target);
    }

    BackupTarget target() {
        return target;
    }

    @Override
    public void prepare() throws IOException {
        target.begin();
    }

    @Override
    public CommandHandler open(VdiConfig agreed) {
        return PipeDevice.writing(finishing);
    }

    @Override
    public void finish(boolean succeeded) throws IOException {
        if (succeeded) {
            finishing.finish();
            target.keep();
        } else {
            target.undo();
        }
    }

    @Override
    public Optional<String> leave() throws IOException {
        if (finishing.finished) {
            return target.leave();
        }
        target.undo();
        return Optional.empty();
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
        public void keep() throws IOException {
            target.keep();
        }

        @Override
        public void undo() throws IOException {
            target.undo();
        }
    }
}
