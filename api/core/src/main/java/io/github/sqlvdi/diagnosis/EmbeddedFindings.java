package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.internal.engine.host.Host;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Checks whether the embedded VDI can work, above all its private directory. */
final class EmbeddedFindings {

    private static final String SUBJECT = "embedded VDI";

    private EmbeddedFindings() {
    }

    /**
     * Checks the host of the embedded VDI.
     *
     * @return the findings
     */
    static List<Finding> find() {
        Findings findings = new Findings();
        try {
            Host host = Hosts.current();
            findings.good(SUBJECT,
                    String.format(Locale.ROOT, "%s, %d live sets; %,d MiB of memory to be had", host.names().place(),
                            host.names().list().size(), host.availableMemory() >> 20));
        } catch (UnsupportedOperationException e) {
            findings.note(SUBJECT, e.getMessage());
        } catch (IOException e) {
            findings.problem(SUBJECT, e.getMessage());
        }
        return findings.all();
    }
}
