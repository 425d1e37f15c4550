package io.github.sqlvdi.emulator.sqlserver;

import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.TestData;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A BACKUP or RESTORE that a job executes through a client of any kind. The sign @ in its text stands for the devices. */
public final class DrivenStatement implements SqlStatement {

    /** A client that executes a text to its end. */
    @FunctionalInterface
    public interface Client {

        /** Executes the text. Returns the numbers of its errors; empty if it succeeded. */
        List<Integer> execute(String text) throws Exception;
    }

    private final Client client;
    private final String text;
    private List<Integer> errors = List.of();

    private DrivenStatement(Client client, String text) {
        this.client = client;
        this.text = text;
    }

    /** The end of a job: that of the devices and that of the statement. */
    public record Outcome(JobResult job, List<Integer> errors) {
    }

    /** Runs the statement with one device for each file. */
    public static Outcome run(Client client, String text, Path... files) {
        String set = TestData.setName();
        DeviceJob.Builder job = text.startsWith("BACKUP") ? DeviceJob.backup(set) : DeviceJob.restore(set);
        for (Path file : files) {
            job.device(file);
        }
        String clauses = DeviceNames.of(set, files.length).stream()
                .map(name -> "VIRTUAL_DEVICE = '" + name + "'").collect(Collectors.joining(", "));
        DrivenStatement statement = new DrivenStatement(client, text.replace("@", clauses));
        // What the server checks is tested: the job's own checks, which find the same before, are off.
        JobResult result = job.manifest(false).readAlong(false).statement(statement).build().run();
        return new Outcome(result, statement.errors);
    }

    @Override
    public Verdict execute() throws Exception {
        errors = client.execute(text);
        List<SqlMessage> messages =
                errors.stream().map(number -> new SqlMessage(number, 16, "error " + number)).toList();
        return new Verdict(errors.isEmpty(), messages, OptionalLong.empty());
    }

    @Override
    public void cancel() {
        // The end of the devices ends the statement.
    }
}
