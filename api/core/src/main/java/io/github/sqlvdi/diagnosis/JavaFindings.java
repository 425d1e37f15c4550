package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import io.github.sqlvdi.internal.provider.NativeAccess;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks the JVM, and whether it lets the library call native code. */
final class JavaFindings {

    private static final String ACCESS = "native access";

    private JavaFindings() {
    }

    /**
     * Checks this JVM.
     *
     * @return the findings
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
        Optional<String> option = NativeAccess.option();
        if (NativeAccess.denied()) {
            findings.problem(ACCESS, "denied: nothing of VDI can be called",
                    "start Java with " + option.orElseThrow());
        } else if (option.isPresent()) {
            findings.note(ACCESS, "not enabled: Java warns at the first native call, and later versions will refuse it",
                    "start Java with " + option.get());
        } else {
            findings.good(ACCESS, "enabled");
        }
        return findings.all();
    }
}
