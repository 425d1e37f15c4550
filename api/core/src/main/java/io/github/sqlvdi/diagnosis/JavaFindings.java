package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The JVM, and whether it lets the library call native code. */
final class JavaFindings {

    private JavaFindings() {
    }

    /**
     * Looks at this JVM.
     *
     * @return what was found
     */
    static List<Finding> find() {
        Findings findings = new Findings();
        String bits = System.getProperty("os.arch");
        String jvm = String.format(Locale.ROOT, "Java %s of %s on %s %s", Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("os.name"), bits);
        if (List.of("amd64", "x86_64").contains(bits)) {
            findings.good("Java", jvm);
        } else {
            findings.note("Java", jvm, "SQL Server's VDI libraries exist for x86-64 only: use such a JVM with them");
        }
        List<String> without = Stream.of(Diagnosis.class.getModule(), VDConfig.class.getModule())
                .filter(module -> !module.isNativeAccessEnabled())
                .map(module -> module.isNamed() ? module.getName() : "ALL-UNNAMED").distinct().toList();
        if (without.isEmpty()) {
            findings.good("native access", "enabled");
        } else {
            findings.note("native access", "not enabled for " + String.join(", ", without)
                    + ": Java warns at the first native call, and later versions will refuse it",
                    "start Java with --enable-native-access=" + String.join(",", without));
        }
        return findings.all();
    }
}
