package io.github.sqlvdi.internal.platform;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.internal.provider.NativeAccess;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.internal.settings.Settings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Chooses the implementation for the {@link VdiProvider} that a program asked for. The meaning of
 * {@link VdiProvider#AUTOMATIC} can be set by the property {@value Settings#PROVIDER} or, where that is not set, by the
 * environment variable {@value Settings#PROVIDER_VARIABLE}. Without either it is the native VDI where one is present,
 * else the embedded VDI. A program that names a provider gets that one.
 */
public final class Providers {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi");

    private Providers() {
    }

    /**
     * Chooses the implementation and logs the choice with its reason at level {@code DEBUG}.
     *
     * @param wish the provider that the program asked for
     * @return the implementation
     * @throws IllegalArgumentException if the property or the variable names no provider, or another setting is wrong
     * @throws UnsupportedOperationException if the native VDI is to be used and cannot, or Java denies native access;
     *     the message says why
     */
    public static Provider choose(VdiProvider wish) {
        return decide(wish).provider();
    }

    /**
     * An implementation and the reason for its choice.
     *
     * @param provider the implementation
     * @param reason the setting that asked for it, or the library that was found
     */
    public record Choice(Provider provider, String reason) {
    }

    /**
     * Chooses as {@link #choose(VdiProvider)} does, and gives the reason as well.
     *
     * @param wish the provider that the program asked for
     * @return the choice
     * @throws IllegalArgumentException as for {@link #choose(VdiProvider)}
     * @throws UnsupportedOperationException as for {@link #choose(VdiProvider)}
     */
    public static Choice decide(VdiProvider wish) {
        Objects.requireNonNull(wish, "provider");
        Settings.requireValid();
        NativeAccess.require();
        Choice choice = choose(wish, System.getProperty(Settings.PROVIDER),
                System.getenv(Settings.PROVIDER_VARIABLE));
        LOG.log(System.Logger.Level.DEBUG, "VDI provider {0} ({1})", choice.provider().name(), choice.reason());
        return choice;
    }

    static Choice choose(VdiProvider wish, String property, String variable) {
        if (wish != VdiProvider.AUTOMATIC) {
            return implementation(wish, "the program asked for it");
        }
        if (property != null && !property.isBlank()) {
            return implementation(parse(property, "property " + Settings.PROVIDER), "property " + Settings.PROVIDER);
        }
        if (variable != null && !variable.isBlank()) {
            return implementation(parse(variable, "environment variable " + Settings.PROVIDER_VARIABLE),
                    "variable " + Settings.PROVIDER_VARIABLE);
        }
        return implementation(VdiProvider.AUTOMATIC, "automatic");
    }

    private static VdiProvider parse(String value, String source) {
        String name = value.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(VdiProvider.values()).filter(known -> known.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s is \"%s\": expected one of %s", source, value,
                                Arrays.toString(VdiProvider.values()).toLowerCase(Locale.ROOT))));
    }

    private static Choice implementation(VdiProvider kind, String reason) {
        return switch (kind) {
            case AUTOMATIC -> NativeLibraries.presence()
                    .map(why -> new Choice(NativeLibraries.open(), reason + ": " + why))
                    .orElseGet(() -> new Choice(EmbeddedProvider.INSTANCE,
                            reason + ": no VDI library of SQL Server is here"));
            case EMBEDDED -> new Choice(EmbeddedProvider.INSTANCE, reason);
            case NATIVE -> new Choice(NativeLibraries.open(), reason);
        };
    }
}
