package io.github.sqlvdi.benchmarks.pipeline;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobException;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.TargetFile;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Something that is measured over a file.
 *
 * @param label its name in tables
 * @param devices how many devices; 0 for a program
 * @param codecs what is applied, in words
 * @param run works on a file and returns the stored bytes, or -1
 */
record Work(String label, int devices, String codecs, Run run) {

    private static final int TRANSFER = 1 << 20;
    private static final int BUFFERS = 8;

    /** Works on a file. */
    interface Run {
        long on(Path file) throws IOException, InterruptedException;
    }

    /** A backup of the file through codecs to nowhere. */
    static Work backup(int devices, String codecs, List<Codec> applied, int transfer) {
        return new Work("sqlvdi", devices, codecs,
                file -> backUp(file, devices, applied, transfer, device -> new Nowhere()));
    }

    /** Makes the target of a device. */
    interface Targets {
        BackupTarget of(int device) throws IOException;
    }

    /** Backs up a file through codecs and returns the stored bytes. */
    static long backUp(Path file, int devices, List<Codec> codecs, int transfer, Targets targets) throws IOException {
        String name = "benchmark-" + UUID.randomUUID();
        Pipeline.Builder builder = Pipeline.builder();
        codecs.forEach(builder::codec);
        List<Part> parts = new ArrayList<>();
        try (Pipeline pipeline = builder.build()) {
            EmulatedServer.Builder server =
                    EmulatedServer.backup(name).maxTransferSize(transfer).bufferCount(BUFFERS * devices);
            DeviceJob.Builder job = DeviceJob.backup(name).manifest(false).readAlong(devices == 1);
            for (int device = 0; device < devices; device++) {
                Part part = Part.of(file, device, devices);
                parts.add(part);
                server.source(part);
                job.device(JobDevice.toTarget(targets.of(device), pipeline));
            }
            JobResult result = job.statement(server.build()).build().run().orThrow();
            return result.storedBytes();
        } catch (JobException failure) {
            throw new IOException("the backup failed: " + failure.getMessage(), failure);
        } finally {
            for (Part part : parts) {
                part.close();
            }
        }
    }

    /** Stores the file through codecs, to be decoded. */
    static void store(Path file, Path target, List<Codec> codecs) throws IOException {
        String name = "benchmark-" + UUID.randomUUID();
        Pipeline.Builder builder = Pipeline.builder();
        codecs.forEach(builder::codec);
        try (Pipeline pipeline = builder.build(); Part whole = Part.of(file, 0, 1)) {
            DeviceJob.backup(name).manifest(false)
                    .device(JobDevice.toTarget(TargetFile.replace(target), pipeline))
                    .statement(EmulatedServer.backup(name).source(whole).maxTransferSize(TRANSFER).bufferCount(BUFFERS)
                            .build())
                    .build().run().orThrow();
        } catch (JobException failure) {
            throw new IOException("the backup failed: " + failure.getMessage(), failure);
        }
    }

    /** The decoding of a stored file, without a server. */
    static Work decode(String codecs, List<Codec> known) {
        return new Work("sqlvdi, decode", 1, codecs, file -> {
            Pipeline.Builder builder = Pipeline.builder();
            known.forEach(builder::codec);
            ByteBuffer piece = ByteBuffer.allocateDirect(TRANSFER);
            long bytes = 0;
            try (Pipeline pipeline = builder.build();
                    ReadableByteChannel plain = pipeline.decode(FileChannel.open(file)).plain()) {
                for (int count = plain.read(piece.clear()); count >= 0; count = plain.read(piece.clear())) {
                    bytes += count;
                }
            }
            return bytes;
        });
    }

    /** Programs behind each other; the first gets the file as its last argument, the last writes to nowhere. */
    static Work programs(String codecs, List<List<String>> commands) {
        List<String> words = commands.stream().map(command -> String.join(" ", command.stream()
                .map(word -> word.startsWith("age1") || word.endsWith("key.txt") ? "..." : word).toList())).toList();
        return new Work(String.join(" | ", words), 0, codecs, file -> {
            List<ProcessBuilder> builders = new ArrayList<>();
            for (List<String> command : commands) {
                List<String> whole = new ArrayList<>(command);
                if (builders.isEmpty()) {
                    whole.add(file.toString());
                }
                builders.add(new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT));
            }
            builders.getLast().redirectOutput(new File("/dev/null"));
            for (Process process : ProcessBuilder.startPipeline(builders)) {
                if (process.waitFor() != 0) {
                    throw new IOException(String.join(" | ", words) + " ended with " + process.exitValue());
                }
            }
            return -1;
        });
    }
}
