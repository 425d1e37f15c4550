package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A statement that a server in another process executes, as far as the client sees it: it ends with the devices, and is
 * taken for good when the server closed every device and none of them failed. What the server itself says stays unknown.
 */
final class ExternalStatement implements SqlStatement {

    private final Runnable announcement;
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    /** The announcement is made when the device set exists and a server may open it. */
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
