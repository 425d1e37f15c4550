package io.github.sqlvdi.diagnosis;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import io.github.sqlvdi.internal.platform.NativeLibraries;
import io.github.sqlvdi.internal.platform.Providers;
import io.github.sqlvdi.internal.platform.linux.LinuxProvider;
import io.github.sqlvdi.internal.platform.linux.TimeoutUnit;
import io.github.sqlvdi.internal.platform.windows.ClassesProvider;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.internal.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The implementation that {@link VdiProvider#AUTOMATIC} chooses here, and the state of SQL Server's library.
 *
 * @param findings the findings
 * @param usesSqlServer whether SQL Server's library on Linux is chosen
 */
record ProviderFindings(List<Finding> findings, boolean usesSqlServer) {

    private static final String CHOICE = "provider";
    private static final String LIBRARY = "library";

    /**
     * Checks the choice and the library.
     *
     * @return the findings
     */
    static ProviderFindings find() {
        Findings findings = new Findings();
        Provider chosen = choice(findings);
        library(findings, chosen);
        return new ProviderFindings(findings.all(), chosen instanceof LinuxProvider);
    }

    private static Provider choice(Findings findings) {
        try {
            Providers.Choice choice = Providers.decide(VdiProvider.AUTOMATIC);
            findings.good(CHOICE, String.format(Locale.ROOT, "%s (%s)", choice.provider().name(), choice.reason()));
            return choice.provider();
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            findings.problem(CHOICE, "none can be used: " + e.getMessage(),
                    String.format(Locale.ROOT, "cure that, or set %s=embedded for tests without SQL Server",
                            Settings.PROVIDER));
            return null;
        }
    }

    private static void library(Findings findings, Provider chosen) {
        Optional<String> presence = NativeLibraries.presence();
        if (presence.isEmpty()) {
            findings.note(LIBRARY, "no VDI library of SQL Server is here",
                    String.format(Locale.ROOT,
                            "for real backups run on the machine of the SQL Server; %s or %s may name a library "
                                    + "elsewhere",
                            Settings.LIBRARY, Settings.LIBRARY_VARIABLE));
            return;
        }
        try {
            state(findings, presence.get(), NativeLibraries.open());
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            if (chosen != null) { // otherwise choice() has reported the problem
                findings.note(LIBRARY, e.getMessage());
            }
        }
    }

    private static void state(Findings findings, String presence, Provider provider) {
        switch (provider) {
            case LinuxProvider linux when !linux.missingFunctions().isEmpty() -> findings.note(LIBRARY,
                    String.format(Locale.ROOT, "%s, but lacks %s", presence,
                            String.join(", ", linux.missingFunctions())),
                    "backup and restore work; secondaries, buffer handles or the end of a set do not, as far as listed");
            case LinuxProvider linux -> findings.good(LIBRARY, presence + " and complete; time-outs: "
                    + (linux.timeoutUnit() == TimeoutUnit.AUTO ? "unit found out while waiting" : linux.timeoutUnit()));
            case ClassesProvider classes -> classes(findings, presence, classes);
            default -> throw new IllegalStateException("unknown provider " + provider.name());
        }
    }

    /** Checks whether a client object can be made. The calling thread makes no difference. */
    private static void classes(Findings findings, String presence, ClassesProvider provider) {
        int hresult = provider.probe();
        if (hresult == Hresults.S_OK) {
            findings.good(LIBRARY, presence + "; a client object can be made");
        } else {
            findings.problem(LIBRARY, presence + ", but no client object can be made: "
                    + new VdiException("making one", hresult).getMessage());
        }
    }
}
