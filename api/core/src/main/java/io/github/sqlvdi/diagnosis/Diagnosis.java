package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.internal.provider.NativeAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A diagnosis of VDI in this process on this machine, in words: which implementation is chosen and why, whether
 * the library of SQL Server is there and complete, and on Linux the rights and sizes that it depends on (VDI reference 3.2,
 * 13.3, 13.6). Making it loads that library, makes and releases a client object of COM classes, and makes the private
 * directory of the embedded VDI where it is missing. {@code sqlvdi doctor} prints it.
 *
 * <p>There is no public constructor, so that later versions can tell more: {@link #run()} makes the only ones.
 */
public final class Diagnosis {

    private final List<Finding> findings;

    /** How much a finding matters. */
    public enum Severity {
        /** As it should be. */
        GOOD,
        /** Worth knowing; may matter in some uses. */
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

        /** {@return how much it matters} */
        public Severity severity() {
            return severity;
        }

        /** {@return what was looked at, in a word or two} */
        public String subject() {
            return subject;
        }

        /** {@return what was found} */
        public String text() {
            return text;
        }

        /** {@return what to do; empty where nothing is to be done} */
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
     * Looks at this process and this machine. Takes milliseconds; any thread.
     *
     * @return what was found
     */
    public static Diagnosis run() {
        List<Finding> findings = new ArrayList<>(JavaFindings.find());
        if (NativeAccess.denied()) {
            return new Diagnosis(findings); // all that follows needs native calls
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

    /** {@return what was found, in the order to be read} */
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
     * The findings as text for people.
     *
     * @return one or two lines for each, with a line end
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
