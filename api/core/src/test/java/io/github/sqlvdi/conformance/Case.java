package io.github.sqlvdi.conformance;

import java.util.Set;

/** One test of the suite: a {@link Row} or a {@link Rule}. */
interface Case {

    /** Says what is expected, in one line, unique within the suite. */
    String title();

    /** The section of the reference that says so. */
    String section();

    Set<Capability> needs();

    /** Runs on fresh objects, throws if the implementation does something else, and reports the rows it produced. */
    void run(VdiUnderTest vdi, Coverage coverage) throws Exception;
}
