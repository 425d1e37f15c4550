package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A statement that a server in another process executes. The client does not see the messages of that server. So the
 * statement ends when the devices end, and counts as good if the server closed every device and none of them failed.
 */
final class ExternalStatement implements SqlStatement {

    private final Runnable announcement;
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    /** Runs {@code announcement} when the device set exists and a server may open it. */
    ExternalStatement(Runnable announcement) {
        this.announcement = announcement;
    }

    @Override
    public Verdict execute() throws Exception {
        announcement.run();
        return verdict.get();
    }

    @Override
    public void devicesEnded(List<DeviceOutcome> devices) {
        end(!devices.isEmpty() && devices.stream().allMatch(DeviceOutcome::good));
    }

    @Override
    public void cancel() {
        end(false);
    }

    private void end(boolean good) {
        verdict.complete(new Verdict(good, List.of(), OptionalLong.empty()));
    }
}
