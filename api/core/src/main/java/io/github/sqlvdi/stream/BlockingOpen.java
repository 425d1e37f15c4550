package io.github.sqlvdi.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Opens a file that may be a named pipe, whose opening waits for the other end and cannot be interrupted. So a thread of its
 * own opens it, and an interrupt of the caller ends the wait.
 */
final class BlockingOpen {

    private BlockingOpen() {
    }

    /**
     * Opens a file.
     *
     * @throws InterruptedIOException if the calling thread was interrupted; its interrupt status is set again
     */
    static FileChannel open(Path file, OpenOption option) throws IOException {
        if (Files.isRegularFile(file) || !Files.exists(file)) {
            return FileChannel.open(file, option);
        }
        CompletableFuture<FileChannel> opened = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("sqlvdi-open-" + file.getFileName()).start(() -> {
            try {
                FileChannel channel = FileChannel.open(file, option);
                if (!opened.complete(channel)) {
                    channel.close(); // nobody waits any more
                }
            } catch (Throwable failure) {
                opened.completeExceptionally(failure);
            }
        });
        try {
            return opened.get();
        } catch (InterruptedException cancelled) {
            if (!opened.cancel(false)) {
                opened.join().close();
            }
            letOtherEndIn(file);
            Thread.currentThread().interrupt();
            InterruptedIOException failure =
                    new InterruptedIOException(file + ": cancelled while its other end was waited for");
            failure.initCause(cancelled);
            throw failure;
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
        }
    }

    /** Opening both ends at once does not wait, and ends the wait of the thread that opens one. */
    private static void letOtherEndIn(Path file) {
        Thread.ofPlatform().daemon().name("sqlvdi-open-" + file.getFileName()).start(() -> {
            try (FileChannel both = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                both.isOpen();
            } catch (IOException stuck) {
                System.getLogger("io.github.sqlvdi.stream").log(System.Logger.Level.DEBUG,
                        () -> "the opening of " + file + " goes on in its thread", stuck);
            }
        });
    }
}
