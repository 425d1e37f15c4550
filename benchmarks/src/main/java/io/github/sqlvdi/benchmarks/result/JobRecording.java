package io.github.sqlvdi.benchmarks.result;

import io.github.sqlvdi.DeviceNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reads the events of jobs in a recording of the flight recorder. Every time span in the event of a device is a stage:
 * its label is the name of the stage.
 */
public final class JobRecording {

    /** The suite of the stages. */
    public static final String STAGES = "where the time goes";

    /** The parameter that names the stage of a measurement. */
    static final String STAGE = "stage";

    private static final String JOBS = "jobs of a recording";
    private static final String TARGET = "waited for target";
    private static final String CODEC = "waited for codec";
    private static final String OTHER = "other work of the devices";
    private static final String AROUND = "before and after the devices work";
    private static final byte[] MAGIC = {'F', 'L', 'R', 0};
    private static final int EACH_JOB_UP_TO = 40;
    private static final double NANOS = 1e9;

    private JobRecording() {
    }

    /** {@return whether the file begins as a recording does} */
    static boolean is(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return Arrays.equals(content.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /**
     * {@return the jobs in the order in which they ended}
     *
     * @param file the recording
     * @throws IOException if it cannot be read or is damaged
     */
    public static List<RecordedJob> jobs(Path file) throws IOException {
        List<RecordedEvent> jobs = new ArrayList<>();
        Map<String, List<RecordedEvent>> devices = new HashMap<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                switch (event.getEventType().getName()) {
                    case "io.github.sqlvdi.Job" -> jobs.add(event);
                    case "io.github.sqlvdi.Device" -> devices
                            .computeIfAbsent(event.getString("device"), name -> new ArrayList<>()).add(event);
                    default -> {
                    } // of the JVM or of another library
                }
            }
        }
        return jobs.stream().map(job -> job(job, devices)).toList();
    }

    private static RecordedJob job(RecordedEvent job, Map<String, List<RecordedEvent>> devices) {
        int count = Math.max(1, job.getInt("devices"));
        List<RecordedEvent> own = DeviceNames.of(job.getString("set"), count).stream()
                .flatMap(name -> devices.getOrDefault(name, List.of()).stream())
                .filter(device -> !device.getStartTime().isBefore(job.getStartTime())
                        && !device.getEndTime().isAfter(job.getEndTime()))
                .toList();
        double seconds = job.getDuration().toNanos() / NANOS;
        Map<String, Double> stages = new LinkedHashMap<>();
        for (RecordedEvent event : own.isEmpty() ? List.of(job) : own) {
            waits(event).forEach((stage, wait) -> stages.merge(stage, wait / count, Double::sum));
        }
        double known = stages.values().stream().mapToDouble(Double::doubleValue).sum();
        double working = own.isEmpty() ? known
                : own.stream().mapToDouble(device -> device.getDuration().toNanos() / NANOS).sum() / count;
        stages.put(OTHER, Math.max(0, working - known));
        stages.put(AROUND, Math.max(0, seconds - Math.max(working, known)));
        return new RecordedJob(job.getString("set"), job.getBoolean("backup"), count, job.getLong("bytes"),
                job.getBoolean("good"), seconds, stages);
    }

    /** {@return the time spans of an event, which do not overlap, in seconds} */
    private static Map<String, Double> waits(RecordedEvent event) {
        Map<String, Double> waits = new LinkedHashMap<>();
        for (ValueDescriptor field : event.getFields()) {
            if (field.getAnnotation(Timespan.class) != null && !field.getName().equals("duration")) {
                waits.put(field.getLabel().toLowerCase(Locale.ROOT),
                        event.getDuration(field.getName()).toNanos() / NANOS);
            }
        }
        double codec = waits.getOrDefault(CODEC, 0.0); // the event counts it in the wait for the target, too
        waits.computeIfPresent(TARGET, (stage, wait) -> Math.max(0, wait - codec));
        return waits;
    }

    /**
     * Converts a recording into measurements: one bar for each good job, or one for each kind of job if there are more
     * than {@value #EACH_JOB_UP_TO}.
     */
    static ResultFile read(Path file) throws IOException {
        List<RecordedJob> all = jobs(file);
        List<RecordedJob> good = all.stream().filter(RecordedJob::good).toList();
        if (good.isEmpty()) {
            throw new IOException(String.format(Locale.ROOT,
                    "%s has %d jobs, none of them good: expected a recording of a program whose jobs ended while it "
                            + "recorded",
                    file, all.size()));
        }
        boolean each = good.size() <= EACH_JOB_UP_TO;
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        for (RecordedJob job : good) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("devices", String.valueOf(job.devices()));
            if (each) {
                parameters.put("set", job.set());
            }
            String name = job.backup() ? "backup" : "restore";
            add(measurements, JOBS, name, parameters, "GB/s", true, job.bytes() / job.seconds() / NANOS);
            stages(measurements, name, parameters, job);
        }
        return new ResultFile(null, String.format(Locale.ROOT, "flight recording %s: %d jobs, %d of them not good and "
                + "left out", file.getFileName(), all.size(), all.size() - good.size()),
                List.copyOf(measurements.values()));
    }

    /**
     * Adds the stages of a job to the measurements.
     *
     * @param measurements by their keys
     * @param name of the bar
     * @param parameters of the bar
     * @param job the job
     */
    public static void stages(Map<String, Measurement> measurements, String name, Map<String, String> parameters,
            RecordedJob job) {
        job.stages().forEach((stage, seconds) -> {
            Map<String, String> more = new LinkedHashMap<>(parameters);
            more.put(STAGE, stage);
            add(measurements, STAGES, name, more, "s", false, seconds);
        });
    }

    private static void add(Map<String, Measurement> measurements, String suite, String name,
            Map<String, String> parameters, String unit, boolean higherIsBetter, double value) {
        Measurement empty = new Measurement(suite, name, parameters, unit, higherIsBetter, new ArrayList<>());
        measurements.computeIfAbsent(empty.key(), key -> empty).values().add(value);
    }
}
