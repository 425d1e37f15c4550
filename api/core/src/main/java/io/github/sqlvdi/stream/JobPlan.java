package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.statement.SqlStatement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The values of a job. {@link DeviceJob.Builder} has checked them. */
record JobPlan(
        boolean backup,
        VdiProvider provider,
        Optional<String> instance,
        String setName,
        List<String> deviceNames,
        VdiConfig request,
        List<JobDevice> devices,
        SqlStatement statement,
        boolean manifest,
        boolean checkContent,
        Duration configurationTimeout,
        Duration endTimeout,
        Duration progressInterval,
        Optional<Consumer<JobProgress>> progressListener,
        boolean readAlong) {
}
