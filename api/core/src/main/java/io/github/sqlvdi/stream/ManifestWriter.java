package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.statement.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes the manifests of a backup: one beside the first file or object of each device whose target has one. Their names are
 * reserved before the device set is created, and they appear after all files have got their names.
 */
final class ManifestWriter {

    private final List<Kept> kept = new ArrayList<>();
    private final int devices;
    private final Instant begin = Instant.now();

    private record Kept(int device, String deviceClass, BackupTarget manifest, JobDevice source) {
    }

    ManifestWriter(int devices) {
        this.devices = devices;
    }

    /** Reserves the manifest of a prepared device; does nothing for a device whose target has none. */
    void add(int device, JobDevice prepared) throws IOException {
        switch (prepared) {
            case TargetDevice it -> reserve(device, "pipe", it.target(), prepared);
            case MediaSet it when it.media().isWriting() ->
                    reserve(device, it.deviceClass(), it.media().written().getFirst(), prepared);
            default -> {
            }
        }
    }

    private void reserve(int device, String deviceClass, BackupTarget first, JobDevice source) throws IOException {
        Optional<BackupTarget> manifest = first.manifest();
        if (manifest.isPresent()) {
            kept.add(new Kept(device, deviceClass, manifest.get(), source));
            manifest.get().begin();
        }
    }

    /**
     * Removes the manifests of files that are about to be replaced, because with them a restore would report the new
     * files as damaged.
     */
    void removeOld() throws IOException {
        for (Kept it : kept) {
            it.manifest.removeReplaced();
        }
    }

    /** Writes the manifests of files that have got their names. */
    void keep(Optional<VdiConfig> agreed, Optional<Verdict> verdict, List<Optional<StreamReport>> streams)
            throws IOException {
        String set = UUID.randomUUID().toString();
        List<Manifest.Part> parts = kept.stream().flatMap(ManifestWriter::parts).toList();
        List<String> remarks = remarks(agreed, verdict, streams);
        for (Kept it : kept) {
            new Manifest(set, it.deviceClass, devices, it.device + 1, parts, remarks).write(it.manifest.channel());
        }
        CloseAll.of(kept, it -> it.manifest::finish);
        CloseAll.of(kept, it -> it.manifest::keep);
    }

    private static Stream<Manifest.Part> parts(Kept it) {
        List<? extends BackupTarget> files = switch (it.source) {
            case TargetDevice device -> List.of(device.target());
            case MediaSet media -> media.media().written();
            default -> List.of();
        };
        List<Manifest.Part> parts = new ArrayList<>();
        for (int medium = 0; medium < files.size(); medium++) {
            BackupTarget file = files.get(medium);
            parts.add(new Manifest.Part(it.device + 1, medium + 1, file.seal().orElseThrow(), file.name()));
        }
        return parts.stream();
    }

    private List<String> remarks(Optional<VdiConfig> agreed, Optional<Verdict> verdict,
            List<Optional<StreamReport>> streams) {
        List<String> remarks = new ArrayList<>();
        remarks.add("begin: " + begin.truncatedTo(ChronoUnit.MILLIS));
        remarks.add("end: " + Instant.now().truncatedTo(ChronoUnit.MILLIS));
        agreed.ifPresent(config -> {
            remarks.add("block size: " + config.blockSize());
            remarks.add("transfer size: " + config.maxTransferSize());
        });
        for (Kept it : kept) {
            if (it.source instanceof TargetDevice device) {
                device.encoding()
                        .ifPresent(words -> remarks.add("encoding of device " + (it.device + 1) + ": " + words));
            }
        }
        verdict.ifPresent(answer -> {
            remarks.add("verdict: " + (answer.good() ? "good" : "not good"));
            answer.messages().forEach(message -> remarks.add("message: " + message));
        });
        for (int device = 0; device < streams.size(); device++) {
            String name = "stream of device " + (device + 1) + ": ";
            streams.get(device).ifPresent(stream -> remarks.add(name + StreamWords.of(stream)));
        }
        return remarks;
    }

    void undo() throws IOException {
        CloseAll.of(kept, it -> it.manifest::undo);
    }
}
