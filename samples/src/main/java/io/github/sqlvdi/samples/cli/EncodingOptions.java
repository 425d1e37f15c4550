package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.storage.Age;
import io.github.sqlvdi.storage.Gzip;
import io.github.sqlvdi.storage.Zstd;
import io.github.sqlvdi.stream.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of a backup for what lies between the server and its files. */
final class EncodingOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--compress", paramLabel = "CODEC[:LEVEL]", converter = CompressionConverter.class,
            description = "Compress with zstd (levels 1 to 19, default 3) or gzip (1 to 9, default 6) on all processors. The "
                    + "name of a file gets .zst or .gz, if it does not end so; zstd and gzip open the files.")
    private Codec compression;

    @Option(names = "--encrypt-to", paramLabel = "RECIPIENT",
            description = "Encrypt in the age format for a recipient, age1..., or for those of a file, one a line; give it "
                    + "again for more of them. The name of a file gets .age; age opens the files.")
    private List<String> recipients = List.of();

    @Option(names = "--verify",
            description = "Read each finished file back, decode it and compare it with what the server gave, before the server "
                    + "learns that the backup is complete. With --encrypt-to it needs --identity.")
    private boolean verify;

    @Mixin
    private DecodingOptions common;

    /** Reads {@code zstd}, {@code zstd:6} or {@code gzip:9}. */
    static final class CompressionConverter implements ITypeConverter<Codec> {

        private static final Pattern FORM = Pattern.compile("(zstd|gzip)(?::([0-9]{1,3}))?");

        @Override
        public Codec convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no compression: expected zstd or gzip, and a level if "
                                + "wanted, such as zstd:6");
            }
            Optional<Integer> level = Optional.ofNullable(form.group(2)).map(Integer::valueOf);
            try {
                return form.group(1).equals("zstd") ? Zstd.level(level.orElse(Zstd.DEFAULT_LEVEL))
                        : Gzip.level(level.orElse(Gzip.DEFAULT_LEVEL));
            } catch (IllegalArgumentException outOfRange) {
                throw new TypeConversionException(outOfRange.getMessage());
            }
        }
    }

    /** {@return the pipeline of a backup, which the caller closes; empty if no option asks for one} */
    Optional<Pipeline> pipeline(DeviceClass deviceClass) throws FailedException, IOException {
        boolean encoded = compression != null || !recipients.isEmpty();
        if (!encoded && !verify && common.rate() == 0) {
            return Optional.empty();
        }
        if (deviceClass != DeviceClass.PIPE) {
            throw new ParameterException(spec.commandLine(),
                    "--compress, --encrypt-to, --verify and --rate need --class pipe: media of a tape or disk have positions.");
        }
        if (verify && !recipients.isEmpty() && common.identities().isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "--verify with --encrypt-to needs --identity: what is encrypted can only be read with a key.");
        }
        Pipeline.Builder pipeline = Pipeline.builder().verify(verify);
        if (common.rate() > 0) {
            pipeline.rate(common.rate());
        }
        if (compression != null) {
            pipeline.codec(compression);
        }
        if (!recipients.isEmpty()) {
            pipeline.codec(encryption());
        }
        return Optional.of(pipeline.build());
    }

    private Age encryption() throws IOException {
        Age age = common.age(spec.commandLine().getErr());
        for (String recipient : recipients) {
            try {
                age = age.withRecipients(recipient);
            } catch (IllegalArgumentException wrong) {
                // The message quotes a wrong recipient, and never a private key.
                throw new ParameterException(spec.commandLine(), "--encrypt-to: " + wrong.getMessage() + ".", wrong);
            }
        }
        return age;
    }

    /** {@return the files with the suffixes of the codecs, where they lack them; special files keep their names} */
    static List<Path> named(List<Path> files, Optional<Pipeline> pipeline) {
        return pipeline.isEmpty() ? files : files.stream().map(file -> named(file, pipeline.get())).toList();
    }

    private static Path named(Path file, Pipeline pipeline) {
        if (StandardStreams.isStandard(file)
                || !StorePath.isStore(file) && Files.exists(file) && !Files.isRegularFile(file)) {
            return file;
        }
        String name = String.valueOf(file.getFileName());
        StringBuilder missing = new StringBuilder();
        List<Codec> codecs = pipeline.codecs();
        for (int from = 0; from <= codecs.size(); from++) { // sales.zst gets .age only
            String present = String.join("", codecs.subList(0, from).stream().map(Codec::suffix).toList());
            if (name.endsWith(present)) {
                missing.setLength(0);
                codecs.subList(from, codecs.size()).forEach(codec -> missing.append(codec.suffix()));
            }
        }
        return file.resolveSibling(name + missing);
    }
}
