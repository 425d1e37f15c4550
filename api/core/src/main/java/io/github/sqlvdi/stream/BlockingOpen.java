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
 * Opens a file that may be a named pipe. Opening a pipe waits for the process at the other end, and an interrupt does
 * not end that wait. So a helper thread opens the pipe, and an interrupt ends the caller's wait for that thread.
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
                    channel.close(); // the caller was interrupted and no longer waits
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

    /**
     * Ends the wait of the helper thread: opening a pipe for reading and writing does not wait, and serves as the other
     * end for that thread.
     */
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
