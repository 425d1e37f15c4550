package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.internal.provider.NativeAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A diagnosis of VDI in this process on this machine, in words: which implementation is chosen and why, whether the
 * library of SQL Server is present and complete, and on Linux the rights and sizes that the library depends on (VDI
 * reference 3.2, 13.3, 13.6). {@link #run()} loads that library, makes and releases a client object if the library has
 * COM classes, and makes the private directory of the embedded VDI if it is missing. {@code sqlvdi doctor} prints the
 * diagnosis.
 *
 * <p>There is no public constructor, so that later versions can report more. Only {@link #run()} makes instances.
 */
public final class Diagnosis {

    private final List<Finding> findings;

    /** How much a finding matters. */
    public enum Severity {
        /** In order. */
        GOOD,
        /** No problem for most uses, but possibly for some. */
        NOTE,
        /** Something will not work. */
        PROBLEM
    }

    /** One finding. */
    public static final class Finding {

        private final Severity severity;
        private final String subject;
        private final String text;
        private final Optional<String> cure;

        Finding(Severity severity, String subject, String text, Optional<String> cure) {
            this.severity = severity;
            this.subject = subject;
            this.text = text;
            this.cure = cure;
        }

        /** {@return how much the finding matters} */
        public Severity severity() {
            return severity;
        }

        /** {@return the subject of the check, in a word or two} */
        public String subject() {
            return subject;
        }

        /** {@return the result of the check, in words} */
        public String text() {
            return text;
        }

        /** {@return what to do; empty if there is nothing to do} */
        public Optional<String> cure() {
            return cure;
        }

        /** {@return all values, for logs} */
        @Override
        public String toString() {
            return severity + " " + subject + ": " + text + cure.map(words -> " -> " + words).orElse("");
        }
    }

    Diagnosis(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /**
     * Checks this process and this machine. Takes milliseconds; any thread may call it.
     *
     * @return the diagnosis
     */
    public static Diagnosis run() {
        List<Finding> findings = new ArrayList<>(JavaFindings.find());
        if (NativeAccess.denied()) {
            return new Diagnosis(findings); // all further checks need native calls
        }
        ProviderFindings provider = ProviderFindings.find();
        findings.addAll(provider.findings());
        if (System.getProperty("os.name").equals("Linux")) {
            Path root = Path.of("/");
            findings.addAll(PermissionFindings.find(root, provider.usesSqlServer()));
            findings.addAll(ContainerFindings.find(root, provider.usesSqlServer()));
            findings.addAll(DescriptorFindings.find(root));
        }
        findings.addAll(EmbeddedFindings.find());
        return new Diagnosis(findings);
    }

    /** {@return the findings, in reading order} */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * Whether something will not work.
     *
     * @return true if a finding is a {@link Severity#PROBLEM}
     */
    public boolean hasProblems() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.PROBLEM);
    }

    /**
     * Returns the findings as text for people.
     *
     * @return one or two lines for each finding, each with a line end
     */
    public String format() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(
                    String.format(Locale.ROOT, "%-7s %-14s %s%n", finding.severity().name().toLowerCase(Locale.ROOT),
                            finding.subject(), finding.text()));
            finding.cure().ifPresent(cure -> text.append(String.format(Locale.ROOT, "%-22s -> %s%n", "", cure)));
        }
        return text.toString();
    }
}
