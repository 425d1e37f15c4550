package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.jdbc.ServerRow;
import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.OutcomeUnknownException;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.storage.store.StoredObject;
import io.github.sqlvdi.stream.JobResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the commands with {@code --url} print as JSON; docs/backup.md describes the fields. Columns have SQL Server's names,
 * NULL is null; LSNs, GUIDs and dates are strings.
 */
final class ServerJson {

    private ServerJson() {
    }

    /** {@return the document of {@code list}} */
    static Map<String, Object> listed(String place, List<StoredObject> backups, Predicate<StoredObject> hasManifest) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("good", true);
        json.put("place", place);
        json.put("backups", backups.stream().map(backup -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("name", backup.location().toString());
            each.put("bytes", backup.size());
            each.put("written", backup.modified().toString());
            each.put("manifest", hasManifest.test(backup));
            return each;
        }).toList());
        json.put("bytes", backups.stream().mapToLong(StoredObject::size).sum());
        json.put("failures", List.of());
        return json;
    }

    /** {@return the document of {@code prune}} */
    static Map<String, Object> removed(String place, List<String> removed) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("good", true);
        json.put("place", place);
        json.put("removed", removed);
        json.put("failures", List.of());
        return json;
    }

    /** {@return the document of a command that failed before there was a statement} */
    static Map<String, Object> of(Throwable failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("good", false);
        json.put("statements", List.of());
        json.put("failures", List.of(FailureWords.of(failure)));
        return json;
    }

    /** {@return the document of statements that were executed one after the other} */
    static Map<String, Object> of(List<Map<String, Object>> statements, boolean good) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("good", good);
        json.put("statements", statements);
        json.put("failures", List.of());
        return json;
    }

    /** {@return one statement with its result} */
    static Map<String, Object> of(String text, List<?> files, JobResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("statement", text);
        json.put("good", result.good());
        json.put("outcome", outcome(result));
        json.put("bytes", result.bytes());
        json.put("seconds", result.elapsed().toMillis() / 1000.0);
        List<Map<String, Object>> devices = new ArrayList<>();
        for (int device = 0; device < result.devices().size(); device++) {
            devices.add(of(result.devices().get(device), files.get(device)));
        }
        json.put("devices", devices);
        json.put("messages", messages(result.verdict()));
        json.put("failures", result.failures());
        json.put("warnings", result.warnings());
        json.put("unchecked", result.unchecked());
        return json;
    }

    private static String outcome(JobResult result) {
        return result.good() ? "good" : result.problems().stream().anyMatch(OutcomeUnknownException.class::isInstance)
                ? "unknown" : "bad";
    }

    private static Map<String, Object> of(DeviceOutcome device, Object file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", device.name());
        json.put("file", file.toString());
        json.put("bytes", device.bytes());
        json.put("closed", device.closed());
        json.put("failure", device.failure().map(FailureWords::of).orElse(null));
        return json;
    }

    private static List<Map<String, Object>> messages(Optional<Verdict> verdict) {
        return verdict.map(Verdict::messages).orElse(List.of()).stream().map(ServerJson::of).toList();
    }

    private static Map<String, Object> of(SqlMessage message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", message.number());
        json.put("severity", message.severity());
        json.put("state", message.state().isPresent() ? message.state().getAsInt() : null);
        json.put("text", message.text());
        return json;
    }

    /** {@return the document of {@code header} and {@code files}} */
    static Map<String, Object> rows(List<ServerRow> rows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("good", true);
        json.put("rows", rows.stream().map(ServerJson::of).toList());
        json.put("failures", List.of());
        return json;
    }

    private static Map<String, Object> of(ServerRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String column : row.columns()) {
            json.put(column, row.get(column).map(ServerJson::value).orElse(null));
        }
        return json;
    }

    /** LSNs are decimal numbers of 25 digits, more than readers of JSON keep. */
    private static Object value(Object value) {
        return value instanceof Boolean || value instanceof Number && !(value instanceof java.math.BigDecimal) ? value
                : value.toString();
    }
}
