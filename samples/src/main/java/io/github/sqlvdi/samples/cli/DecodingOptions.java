package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.storage.Age;
import io.github.sqlvdi.storage.Gzip;
import io.github.sqlvdi.storage.Zstd;
import io.github.sqlvdi.stream.Pipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options for what lies between files and a server, in either direction. */
final class DecodingOptions {

    @Option(names = "--identity", paramLabel = "FILE",
            description = "A file with keys that open files in the age format, as age-keygen writes it; give it again for more.")
    private List<Path> identities = List.of();

    @Option(names = "--rate", paramLabel = "BYTES/s", converter = RateConverter.class,
            description = "Move no more than that many bytes a second over all devices, counted before compression, such as "
                    + "50M.")
    private ByteSize rate;

    /** Reads {@code 50M} or {@code 50M/s}. */
    static final class RateConverter implements ITypeConverter<ByteSize> {

        @Override
        public ByteSize convert(String text) {
            ByteSize size = ByteSize.parse(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
            if (size.bytes() == 0) {
                throw new picocli.CommandLine.TypeConversionException(
                        "'" + text + "' is no rate: expected 1 byte or more a second");
            }
            return size;
        }
    }

    List<Path> identities() {
        return identities;
    }

    /** {@return the limit in bytes a second; 0 for none} */
    long rate() {
        return rate == null ? 0 : rate.bytes();
    }

    /**
     * {@return the age format with the given identities}
     *
     * @param errors gets the warning of keys that others can read
     */
    Age age(PrintWriter errors) throws IOException {
        return age(identities, errors);
    }

    /**
     * {@return the age format with the identities of files}
     *
     * @param errors gets the warning of keys that others can read
     */
    static Age age(List<Path> identities, PrintWriter errors) throws IOException {
        Age age = Age.withoutKeys();
        for (Path file : identities) {
            age = age.withIdentities(file);
            // The library's logger says it too, but commands show no log.
            Age.exposure(file).ifPresent(words -> errors.println("sqlvdi: warning: " + words + "."));
        }
        return age;
    }

    /**
     * {@return a pipeline that reads every format, which the caller closes}
     *
     * @param errors gets the warning of keys that others can read
     */
    Pipeline pipeline(PrintWriter errors) throws IOException {
        Pipeline.Builder pipeline = readers(age(errors));
        if (rate() > 0) {
            pipeline.rate(rate());
        }
        return pipeline.build();
    }

    /** {@return a pipeline that reads every format} */
    static Pipeline.Builder readers(Age age) {
        return Pipeline.builder().codec(Zstd.level(Zstd.DEFAULT_LEVEL)).codec(Gzip.level(Gzip.DEFAULT_LEVEL))
                .codec(age);
    }
}
