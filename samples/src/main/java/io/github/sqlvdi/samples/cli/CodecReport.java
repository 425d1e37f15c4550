package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.storage.AgeCipher;
import io.github.sqlvdi.storage.Zstd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What compresses and encrypts on this machine. */
final class CodecReport {

    private static final Duration MEASURED = Duration.ofMillis(200);

    private CodecReport() {
    }

    /** {@return a line for each library} */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        try {
            lines.add("zstd: " + Zstd.implementation());
        } catch (IOException missing) {
            lines.add("zstd: not available: " + missing.getMessage());
        }
        lines.add("gzip: Java " + Runtime.version().feature());
        for (AgeCipher cipher : AgeCipher.all()) {
            lines.add("age, cipher " + cipher.name() + ": " + (cipher.available() ? measured(cipher)
                    : "not available: " + cipher.detail()));
        }
        return lines;
    }

    private static String measured(AgeCipher cipher) {
        try {
            double rate = cipher.measure(MEASURED);
            return cipher.detail() + ", " + ByteSize.words(rate) + " a second on one thread";
        } catch (IOException failure) {
            return cipher.detail() + ", but it failed: " + FailureWords.of(failure);
        }
    }
}
