package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Checks the shared memory of Linux, and whether a container limits it (VDI reference 13.6). */
final class ContainerFindings {

    private static final String SHARED_MEMORY = "shared memory";
    private static final String CONTAINER = "container";
    private static final long ENOUGH = 1L << 30;
    private static final String SETTING = "memory.enablecontainersharedmemory";

    private ContainerFindings() {
    }

    /**
     * Checks {@code /dev/shm}, and looks for signs of a container.
     *
     * @param root the file system's root; another folder for tests
     * @param matters whether SQL Server's library is in use, so that a lack of shared memory is a problem
     * @return the findings
     */
    static List<Finding> find(Path root, boolean matters) {
        Findings findings = new Findings();
        sharedMemory(findings, root.resolve("dev/shm"), matters);
        container(findings, root);
        return findings.all();
    }

    private static void sharedMemory(Findings findings, Path path, boolean matters) {
        if (!Files.isDirectory(path)) {
            findings.problemIf(matters, SHARED_MEMORY, path + " does not exist", "mount a tmpfs there");
            return;
        }
        try {
            FileStore store = Files.getFileStore(path);
            size(findings, path, matters, store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException e) {
            findings.problemIf(matters, SHARED_MEMORY, path + " cannot be looked at: " + e);
        }
    }

    static void size(Findings findings, Path path, boolean matters, long total, long free) {
        String text = String.format(Locale.ROOT, "%s has %,d MiB, %,d MiB free", path, total >> 20, free >> 20);
        if (total >= ENOUGH) {
            findings.good(SHARED_MEMORY, text);
        } else {
            findings.problemIf(matters, SHARED_MEMORY, text + ": SQL Server's buffers may not fit",
                    "give it 1 GiB or more (docker run --shm-size=1g); the embedded VDI does not need it");
        }
    }

    private static void container(Findings findings, Path root) {
        boolean inside = Files.exists(root.resolve(".dockerenv")) || Files.exists(root.resolve("run/.containerenv"));
        if (!inside) {
            findings.good(CONTAINER, "no sign of one");
            return;
        }
        findings.note(CONTAINER, "this process is in a container; " + setting(root.resolve("var/opt/mssql/mssql.conf")),
                "with SQL Server in another container share its IPC namespace (docker run --ipc=container:<name>); SQL "
                        + String.format(Locale.ROOT, "Server needs %s = true and at least 2019 CU15 or 2017 CU28",
                                SETTING));
    }

    private static String setting(Path configuration) {
        if (!Files.exists(configuration)) {
            return configuration + " is not here";
        }
        try {
            boolean section = false;
            for (String line : Files.readAllLines(configuration)) {
                String text = line.replaceAll("\\s", "");
                section = text.startsWith("[") ? text.equals("[memory]") : section;
                if (section && text.startsWith("enablecontainersharedmemory=")) {
                    return SETTING + " is " + text.substring(text.indexOf('=') + 1);
                }
            }
            return SETTING + " is not set";
        } catch (IOException e) {
            return configuration + " cannot be read";
        }
    }
}
