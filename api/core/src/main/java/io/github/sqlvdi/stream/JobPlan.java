package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.statement.SqlStatement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Everything a job was told; checked by its builder. */
record JobPlan(
        boolean backup,
        VdiProvider provider,
        String instance,
        String setName,
        List<String> deviceNames,
        VdiConfig request,
        List<JobDevice> devices,
        SqlStatement statement,
        Duration configurationTimeout,
        Duration endTimeout,
        Duration progressInterval,
        Consumer<JobProgress> progressListener) {
}
