package io.github.sqlvdi.conformance;

/** The suite against the embedded VDI with client, server and secondaries in different processes. */
class EmbeddedAcrossProcessesIT extends ConformanceSuite {

    @Override
    VdiUnderTest implementation() {
        return new EmbeddedAcrossProcesses();
    }
}
