package io.github.sqlvdi.conformance;

/** The suite against the embedded VDI, client and server half in this process. */
class EmbeddedConformanceTest extends ConformanceSuite {

    @Override
    VdiUnderTest implementation() {
        return new EmbeddedVdiUnderTest();
    }
}
