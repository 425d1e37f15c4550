package io.github.sqlvdi.benchmarks.result;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The result of a run: the machine, the command, the measurements. JMH's own files and recordings of the
 * flight recorder can be read as well.
 *
 * @param machine where it ran; null for a file of JMH or a recording, which do not name the machine
 * @param command how to repeat it
 * @param measurements the numbers
 */
public record ResultFile(Machine machine, String command, List<Measurement> measurements) {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /**
     * Makes the result of a command of this jar.
     *
     * @param machine where it ran
     * @param command the command, after its command line was parsed
     * @param measurements the numbers
     * @return the result, which says how to repeat the command
     */
    public static ResultFile of(Machine machine, CommandSpec command, Collection<Measurement> measurements) {
        return new ResultFile(machine,
                "java -jar benchmarks.jar "
                        + String.join(" ", command.commandLine().getParseResult().originalArgs()),
                List.copyOf(measurements));
    }

    /**
     * Reads a file of the harness or of JMH ({@code -rf json}), or the jobs in a recording of the flight recorder.
     *
     * @param file the file
     * @return its content
     * @throws IOException if it cannot be read or is none of them
     */
    public static ResultFile read(Path file) throws IOException {
        if (JobRecording.is(file)) {
            return JobRecording.read(file);
        }
        try {
            JsonElement json = JsonParser.parseString(Files.readString(file));
            ResultFile result = json.isJsonArray()
                    ? JmhResults.of(json.getAsJsonArray())
                    : GSON.fromJson(json, ResultFile.class);
            if (result.measurements == null) {
                throw new IOException(file + " has no measurements: expected a result of this jar or of JMH");
            }
            return result;
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IOException(file + " is no result of this jar or of JMH: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the file and the folders above it.
     *
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, GSON.toJson(this) + "\n");
    }
}
