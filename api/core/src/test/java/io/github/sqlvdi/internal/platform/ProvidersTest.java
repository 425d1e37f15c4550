package io.github.sqlvdi.internal.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    @Test
    void automaticIsEmbeddedWhenNobodySaysOtherwise() {
        assumeTrue(NativeLibraries.presence().isEmpty(), "a VDI library of SQL Server is here");
        assertEquals("embedded", Providers.choose(VdiProvider.AUTOMATIC, null, null).provider().name());
        assertEquals("embedded", Providers.choose(VdiProvider.AUTOMATIC, " ", "").provider().name());
    }

    @Test
    void propertyDecidesBeforeTheVariable() {
        assertEquals("embedded", Providers.choose(VdiProvider.AUTOMATIC, "Embedded", "native").provider().name());
        assumeTrue(NativeLibraries.presence().isEmpty(), "a VDI library of SQL Server is here");
        RuntimeException refusal = assertThrows(RuntimeException.class,
                () -> Providers.choose(VdiProvider.AUTOMATIC, null, "native").provider().newClientSet());
        assertTrue(refusal instanceof UnsupportedOperationException
                || refusal instanceof VdiException e && e.hresult() == Hresults.REGDB_E_CLASSNOTREG,
                refusal.toString());
    }

    @Test
    void programThatNamesAProviderGetsThatOne() {
        assertEquals("embedded", Providers.choose(VdiProvider.EMBEDDED, "native", "native").provider().name());
    }

    @Test
    void unknownNameSaysWhereItStandsAndWhatIsExpected() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> Providers.choose(VdiProvider.AUTOMATIC, "nativ", null)).getMessage();
        assertEquals("property io.github.sqlvdi.provider is \"nativ\": expected one of [automatic, embedded, native]",
                message);
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> Providers.choose(VdiProvider.AUTOMATIC, null, "x")).getMessage().contains("SQLVDI_PROVIDER"));
    }

    @Test
    void missingProviderIsNamed() {
        assertEquals("provider", assertThrows(NullPointerException.class, () -> Providers.choose(null)).getMessage());
    }
}
