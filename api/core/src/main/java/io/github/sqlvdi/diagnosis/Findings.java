package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import io.github.sqlvdi.diagnosis.Diagnosis.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings in short. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();

    void good(String subject, String text) {
        found.add(new Finding(Severity.GOOD, subject, text, ""));
    }

    void note(String subject, String text, String cure) {
        found.add(new Finding(Severity.NOTE, subject, text, cure));
    }

    void problem(String subject, String text, String cure) {
        found.add(new Finding(Severity.PROBLEM, subject, text, cure));
    }

    /** A problem where it stands in the way of what is used here, else a note. */
    void problemIf(boolean matters, String subject, String text, String cure) {
        found.add(new Finding(matters ? Severity.PROBLEM : Severity.NOTE, subject, text, cure));
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
