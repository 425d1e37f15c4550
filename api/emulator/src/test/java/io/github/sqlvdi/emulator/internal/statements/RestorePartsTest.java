package io.github.sqlvdi.emulator.internal.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.internal.catalog.BackedUpFile;
import io.github.sqlvdi.emulator.internal.catalog.BackupContents;
import io.github.sqlvdi.emulator.internal.language.BackupOption;
import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.query.Environment;
import io.github.sqlvdi.emulator.internal.query.Evaluator;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.FileColumns;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which files RESTORE restores. */
class RestorePartsTest {

    private static final BackedUpFile PRIMARY = file("d", "PRIMARY", false);
    private static final BackedUpFile SECOND = file("d2", "second", false);
    private static final BackedUpFile THIRD = file("d3", "third", false);
    private static final BackedUpFile LOG = file("l", null, true);
    private static final List<BackedUpFile> ALL = List.of(PRIMARY, SECOND, THIRD, LOG);

    private static BackedUpFile file(String name, String filegroup, boolean log) {
        return new BackedUpFile(log, 8, filegroup == null ? Map.of(FileColumns.LOGICAL_NAME, name)
                : Map.of(FileColumns.LOGICAL_NAME, name, FileColumns.FILE_GROUP_NAME, filegroup));
    }

    private static BackupContents backup(BackupType type) {
        return new BackupContents(type, null, null, null, Map.of(), Map.of(), ALL);
    }

    private static RestoreParts restore(boolean partial, String... parts) {
        Environment none = (Environment) Proxy.newProxyInstance(Environment.class.getClassLoader(),
                new Class<?>[]{Environment.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        List<BackupOption> options = new ArrayList<>();
        if (partial) {
            options.add(new BackupOption("PARTIAL", null, null, 1));
        }
        List<BackupOption> list = new ArrayList<>();
        for (int index = 0; index < parts.length; index += 2) {
            list.add(new BackupOption(parts[index], new Expression.Literal(parts[index + 1]), null, 1));
        }
        return RestoreParts.of("RESTORE DATABASE", list,
                new Options("RESTORE DATABASE", options, new Evaluator(none)));
    }

    private static List<BackedUpFile> restored(RestoreParts restore) {
        restore.check(backup(BackupType.FULL), "db");
        return ALL.stream().filter(restore::restores).toList();
    }

    private static int refusal(Runnable action) {
        return assertThrows(ServerError.class, action::run).messages().getFirst().number();
    }

    @Test
    void primaryFilegroupAndTheNamedOnesAreRestored() {
        assertEquals(ALL, restored(restore(false)));
        assertEquals(List.of(PRIMARY, LOG), restored(restore(true)));
        assertEquals(List.of(PRIMARY, THIRD, LOG), restored(restore(true, "FILEGROUP", "THIRD")));
        assertEquals(ALL, restored(restore(true, "FILEGROUP", "second", "FILEGROUP", "third")));
    }

    @Test
    void namedFilesAndFilegroupsAreRestored() {
        assertEquals(List.of(SECOND, LOG), restored(restore(false, "FILEGROUP", "second")));
        assertEquals(List.of(PRIMARY, THIRD, LOG), restored(restore(false, "FILE", "D", "FILEGROUP", "third")));
        assertTrue(restore(false, "FILE", "d").isOfFiles(backup(BackupType.FULL)));
        assertTrue(restore(false).isOfFiles(backup(BackupType.FILE)));
        assertFalse(restore(true, "FILEGROUP", "second").isOfFiles(backup(BackupType.FULL)));
        assertFalse(restore(false).isOfFiles(backup(BackupType.PARTIAL)));
    }

    @Test
    void otherPartsAndUnknownFilegroupsAreRefused() {
        assertEquals(3032, refusal(() -> restore(false, "PAGE", "1:1")));
        assertEquals(3234, refusal(() -> restored(restore(false, "FILE", "l"))));
        assertEquals(3032, refusal(() -> restore(true, "FILE", "d2")));
        assertEquals(3234, refusal(() -> restored(restore(true, "FILEGROUP", "fourth"))));
        assertEquals(3032, refusal(() -> restore(true).check(backup(BackupType.DIFFERENTIAL), "db")));
        assertTrue(Stream.of(BackupType.DIFFERENTIAL, BackupType.LOG).allMatch(type -> {
            restore(false).check(backup(type), "db");
            return true;
        }));
    }
}
