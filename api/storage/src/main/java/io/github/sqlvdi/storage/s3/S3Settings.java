package io.github.sqlvdi.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters of a name of S3.
 *
 * @param pathStyle empty: path style for an endpoint that was given, else as the SDK does
 * @param partBytes the size of the first parts
 * @param parallel how many parts of an object are on their way at a time
 * @param memoryBytes memory for parts of all objects together; an object gets one part in any case
 * @param timeout for one attempt of a request; a part has more time if it is large
 * @param attempts how often a request is sent in all, if the store does not answer or asks to try again
 * @param abandoned how long nothing was added to an open upload that the next backup of the same name aborts
 */
record S3Settings(Optional<URI> endpoint, Optional<String> region, Optional<String> profile,
        Optional<Boolean> pathStyle,
        int partBytes, int parallel, long memoryBytes, Duration timeout, int attempts, Duration abandoned) {

    static final int MIB = 1 << 20;
    /** S3 refuses a part that is smaller, unless it is the last one. */
    private static final int LEAST_PART = 5 * MIB;
    private static final int MOST_PART = 512 * MIB;
    /** Four parts of 8 MiB on their way, one that is filled, and one more. Half of a job's memory is left for a pipeline. */
    private static final int DEFAULT_MEMORY = 48 * MIB;

    private static final Set<String> NAMES =
            new TreeSet<>(Set.of("endpoint", "region", "profile", "path-style", "part-size",
                    "parallel", "memory", "timeout", "attempts", "abandoned-after"));

    static S3Settings of(Map<String, String> parameters) {
        for (String name : parameters.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "s3: there is no parameter \"%s\". Known are %s", name, NAMES));
            }
        }
        int part = (int) bytes(parameters, "part-size", 8 * MIB, LEAST_PART, MOST_PART) / MIB * MIB;
        return new S3Settings(Optional.ofNullable(parameters.get("endpoint")).map(S3Settings::endpoint),
                Optional.ofNullable(parameters.get("region")), Optional.ofNullable(parameters.get("profile")),
                Optional.ofNullable(parameters.get("path-style")).map(S3Settings::flag), part,
                (int) number("parallel", parameters.getOrDefault("parallel", "4"), 1, 64),
                bytes(parameters, "memory", DEFAULT_MEMORY, MIB, Long.MAX_VALUE),
                duration(parameters, "timeout", Duration.ofSeconds(60)),
                (int) number("attempts", parameters.getOrDefault("attempts", "5"), 1, 20),
                duration(parameters, "abandoned-after", Duration.ofHours(24)));
    }

    /** The time for one attempt to send or get so many bytes: at least 256 KiB a second must pass. */
    Duration timeoutFor(long bytes) {
        return timeout.plusSeconds(bytes / (MIB / 4));
    }

    /** The time for all attempts of a request, with the waits between them. */
    Duration timeoutOfAll(Duration attempt) {
        return attempt.multipliedBy(2L * attempts);
    }

    private static URI endpoint(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException syntax) {
            // answered below
        }
        throw wrong("endpoint", text, "https://host or http://host:port");
    }

    private static boolean flag(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw wrong("path-style", text, "true or false");
    }

    private static long bytes(Map<String, String> parameters, String name, long otherwise, long least, long most) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        String digits = text.endsWith("M") ? text.substring(0, text.length() - 1) : text;
        long factor = text.endsWith("M") ? MIB : 1;
        return number(name, digits, (least + factor - 1) / factor, most / factor) * factor;
    }

    private static long number(String name, String text, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException syntax) {
            // answered below
        }
        throw wrong(name, text, String.format(Locale.ROOT, "%d to %d", least, most));
    }

    private static Duration duration(Map<String, String> parameters, String name, Duration otherwise) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            Duration value = text.startsWith("P") ? Duration.parse(text) : Duration.ofSeconds(Long.parseLong(text));
            if (!value.isNegative() && (!value.isZero() || name.equals("abandoned-after"))) {
                return value;
            }
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException syntax) {
            // answered below
        }
        throw wrong(name, text, "seconds, or a duration such as PT2H");
    }

    private static IllegalArgumentException wrong(String name, String text, String expected) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "s3: the parameter %s is %s: expected %s", name, text, expected));
    }
}
