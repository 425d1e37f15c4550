package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import io.github.sqlvdi.diagnosis.Diagnosis.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects findings. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();

    void good(String subject, String text) {
        add(Severity.GOOD, subject, text, Optional.empty());
    }

    void note(String subject, String text) {
        add(Severity.NOTE, subject, text, Optional.empty());
    }

    void note(String subject, String text, String cure) {
        add(Severity.NOTE, subject, text, Optional.of(cure));
    }

    void problem(String subject, String text) {
        add(Severity.PROBLEM, subject, text, Optional.empty());
    }

    void problem(String subject, String text, String cure) {
        add(Severity.PROBLEM, subject, text, Optional.of(cure));
    }

    /** A problem if it concerns the implementation in use, else a note. */
    void problemIf(boolean matters, String subject, String text) {
        add(matters ? Severity.PROBLEM : Severity.NOTE, subject, text, Optional.empty());
    }

    /** A problem if it concerns the implementation in use, else a note. */
    void problemIf(boolean matters, String subject, String text, String cure) {
        add(matters ? Severity.PROBLEM : Severity.NOTE, subject, text, Optional.of(cure));
    }

    private void add(Severity severity, String subject, String text, Optional<String> cure) {
        found.add(new Finding(severity, subject, text, cure));
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
