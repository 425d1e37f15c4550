package io.github.sqlvdi.samples;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.stream.TargetFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One process serves all devices of a set, and helper processes move the data. The primary fetches a command and sends
 * the handle of its buffer to a helper. The helper maps the same pages and writes them to its file or fills them from
 * it. Then the primary completes the command (VDI reference 2.4 step 6, 7.3). Each device has a helper and a file.
 * Primary and helper exchange lines of text:
 *
 * <pre>
 *   primary                     helper
 *   handle size          -->
 *                        <--    bytes moved; fewer than size at the end of the file
 *   flush                -->    make the file durable
 *                        <--    0
 *   end                  -->    the device is closed: keep the file, exit
 * </pre>
 */
public final class BufferHandles {

    private static final String HELPER = "--helper";
    private static final String FLUSH = "flush";
    private static final String END = "end";
    private static final String ANSWER = "moved ";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private BufferHandles() {
    }

    /**
     * Runs the primary, or one of the helpers that it starts. Ends the JVM with exit code 1 if any of them failed.
     *
     * @param arguments the name of the device set and a file for each device; for a helper {@code --helper}, the name of
     *     the set, its file
     */
    public static void main(String... arguments) {
        ChildJvm.endWithParent();
        try {
            if (arguments.length == 3 && arguments[0].equals(HELPER)) {
                help(arguments[1], Path.of(arguments[2]));
            } else if (arguments.length >= 2) {
                lead(arguments[0], List.of(arguments).subList(1, arguments.length));
            } else {
                throw new IOException("expected the name of the device set and a file for each device");
            }
        } catch (IOException | InterruptedException | VdiException failure) {
            System.err.println(ProcessHandle.current().pid() + ": " + failure.getMessage());
            System.exit(1);
        }
    }

    /** Runs the primary, with a thread and a helper for each device. */
    private static void lead(String name, List<String> files) throws IOException, InterruptedException {
        VdiConfig request = VdiConfig.builder().deviceCount(files.size()).build();
        try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).config(request).create();
                ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            System.out.println("Device set " + name + " waits for its server, which is to write or read " + files.size()
                    + " devices");
            set.awaitConfiguration(PATIENCE)
                    .orElseThrow(() -> new IOException("no statement opened the device set within " + PATIENCE));
            List<String> devices = DeviceNames.of(name, files.size());
            List<Future<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                String device = devices.get(i);
                String file = files.get(i);
                work.add(threads.submit(() -> serve(set, device, file)));
            }
            int failed = 0;
            for (Future<Boolean> device : work) {
                failed += device.get() ? 0 : 1;
            }
            if (failed > 0) {
                throw new IOException(String.format(Locale.ROOT, "%d of %d devices failed", failed, files.size()));
            }
        } catch (ExecutionException unexpected) {
            throw new IllegalStateException(unexpected.getCause());
        }
    }

    /** Serves a device. Its failure, or its helper's death, ends the work of all devices. */
    private static boolean serve(VirtualDeviceSet set, String name, String file) {
        try {
            Process helper = ChildJvm.of(BufferHandles.class, HELPER, set.name(), file)
                    .redirectInput(ProcessBuilder.Redirect.PIPE).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
            long bytes = 0;
            try (BufferedWriter questions = helper.outputWriter(); BufferedReader answers = helper.inputReader()) {
                VirtualDevice device = set.openDevice(name);
                while (device.getCommand() == CommandResult.COMMAND) {
                    bytes += execute(set, device.command(), questions, answers);
                }
                ask(END, questions);
            } // closing the helper's input ends the helper
            if (helper.waitFor() != 0) {
                throw new IOException("the helper ended with code " + helper.exitValue());
            }
            System.out.println(String.format(Locale.ROOT, "Device %s, helper process %d: %,d bytes, file %s", name,
                    helper.pid(), bytes,
                    file));
            return true;
        } catch (IOException | InterruptedException | VdiException failure) {
            System.err.println("Device " + name + ": " + failure.getMessage());
            set.abort();
            return false;
        }
    }

    private static int execute(VirtualDeviceSet set, Command command, BufferedWriter questions, BufferedReader answers)
            throws IOException {
        int moved = 0;
        switch (command.code()) {
            case READ, WRITE -> {
                ask(String.format(Locale.ROOT, "%d %d", set.bufferHandle(command), command.size()), questions);
                moved = answer(answers);
                command.complete(moved == command.size() ? CompletionCodes.SUCCESS : CompletionCodes.HANDLE_EOF, moved);
            }
            case FLUSH -> {
                ask(FLUSH, questions);
                answer(answers);
                command.complete();
            }
            default -> command.fail(CompletionCodes.NOT_SUPPORTED);
        }
        return moved;
    }

    private static void ask(String question, BufferedWriter questions) throws IOException {
        questions.write(question);
        questions.newLine();
        questions.flush();
    }

    private static int answer(BufferedReader answers) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ANSWER)) { // the helper's JVM may also log to standard output
                return Integer.parseInt(line.substring(ANSWER.length()));
            }
        }
        throw new IOException("the helper ended with a command in its hands");
    }

    /** Runs a helper: joins the set, opens no device, and moves the buffers that the primary names. */
    private static void help(String name, Path path) throws IOException {
        try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).openInSecondary()) {
            if (set.awaitConfiguration(PATIENCE).orElseThrow().isBackup()) { // at once: the primary is configured
                try (TargetFile file = TargetFile.create(path)) {
                    file.begin();
                    WritableByteChannel channel = file.channel();
                    if (answer(set, channel::write, file::flush)) {
                        file.keep();
                    }
                }
            } else {
                try (FileChannel file = FileChannel.open(path)) {
                    answer(set, file::read, () -> {});
                }
            }
        }
    }

    /** Moves bytes between a buffer and a file. Returns -1 at the end of the file. */
    private interface Transfer {
        int apply(ByteBuffer data) throws IOException;
    }

    private interface Flush {
        void apply() throws IOException;
    }

    /**
     * Answers the primary's lines up to {@code end}. Returns false if the input ends before that, because the primary
     * failed.
     */
    private static boolean answer(VirtualDeviceSet set, Transfer transfer, Flush flush) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            if (line.equals(END)) {
                return true;
            }
            if (line.equals(FLUSH)) {
                flush.apply();
                System.out.println(ANSWER + 0);
                continue;
            }
            String[] buffer = line.split(" "); // its handle and the command's size
            MemorySegment pages = set.mapBuffer(Integer.parseInt(buffer[0]), Long.parseLong(buffer[1]));
            ByteBuffer data = pages.asByteBuffer();
            while (data.hasRemaining() && transfer.apply(data) >= 0) {
                // until all is moved or the file ends
            }
            System.out.println(ANSWER + data.position());
        }
        return false;
    }
}
