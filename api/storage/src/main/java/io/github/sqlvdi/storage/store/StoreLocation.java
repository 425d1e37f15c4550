package io.github.sqlvdi.storage.store;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a backup, or the common beginning of several places.
 *
 * <ul>
 *   <li>{@code s3://bucket/key?region=eu-central-1}: scheme, authority, path, and parameters after the first question mark.
 *       The key is taken literally, so it may have blanks and cannot have a question mark.
 *   <li>{@code file:///folder/name}, {@code file:name}: a file; a name of this form is a URI with its escapes.
 *   <li>{@code -}: standard output or standard input.
 *   <li>Anything else is the path of a file.
 * </ul>
 *
 * @param scheme in lower case; {@code file} for a path, {@code -} for a standard stream
 * @param authority the bucket; empty for files
 * @param path the key without a slash before it, or the path of the file
 * @param parameters settings of the store, in their order
 */
public record StoreLocation(String scheme, String authority, String path, Map<String, String> parameters) {

    /** The scheme of files. */
    public static final String FILE = "file";
    /** The scheme of standard streams, and their whole name. */
    public static final String STANDARD_STREAM = "-";

    private static final Pattern WITH_SCHEME =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://([^/?]*)(?:/([^?]*))?(?:\\?(.*))?", Pattern.DOTALL);

    /** Copies the parameters. */
    public StoreLocation {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(path, "path");
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads a name.
     *
     * @param name the name, see the class
     * @return the place
     * @throws IllegalArgumentException if it is empty, or a parameter has no value, or a {@code file:} name is no file's
     */
    public static StoreLocation parse(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "The name of a backup is empty: expected a path, s3://bucket/key, file:///folder/name or -");
        }
        if (name.equals(STANDARD_STREAM)) {
            return new StoreLocation(STANDARD_STREAM, "", name, Map.of());
        }
        if (name.regionMatches(true, 0, "file:", 0, 5)) {
            return of(pathOf(name));
        }
        Matcher parts = WITH_SCHEME.matcher(name);
        if (!parts.matches()) {
            return new StoreLocation(FILE, "", name, Map.of());
        }
        return new StoreLocation(parts.group(1).toLowerCase(Locale.ROOT), parts.group(2),
                Objects.requireNonNullElse(parts.group(3), ""), parameters(name, parts.group(4)));
    }

    /**
     * Returns the place of a file.
     *
     * @param file its path
     * @return the place
     */
    public static StoreLocation of(Path file) {
        return new StoreLocation(FILE, "", file.toString(), Map.of());
    }

    private static Path pathOf(String name) {
        try {
            URI uri = URI.create(name);
            return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "%s is not the URI of a file: %s. Expected file:///folder/name, with blanks "
                                    + "as %%20, or the plain path",
                            name, problem.getMessage()),
                    problem);
        }
    }

    private static Map<String, String> parameters(String name, String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String parameter : text.split("&")) {
                int equals = parameter.indexOf('=');
                if (equals < 1 || equals == parameter.length() - 1) {
                    throw new IllegalArgumentException(String.format(Locale.ROOT,
                            "%s: the parameter \"%s\" is not of the form name=value", name, parameter));
                }
                parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return parameters;
    }

    /**
     * Returns another place of the same store.
     *
     * @param otherPath its path
     * @return the place
     */
    public StoreLocation withPath(String otherPath) {
        return new StoreLocation(scheme, authority, otherPath, parameters);
    }

    /** {@return whether this is a file or a path that leads to one} */
    public boolean isFile() {
        return scheme.equals(FILE);
    }

    /** {@return whether this is standard output or standard input} */
    public boolean isStandardStream() {
        return scheme.equals(STANDARD_STREAM);
    }

    /**
     * Returns the path of a file.
     *
     * @return the path
     * @throws IllegalArgumentException if this is no file, or the system does not take the path
     */
    public Path file() {
        if (!isFile()) {
            throw new IllegalArgumentException(this + " is not a file");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(path + " is no path here: " + invalid.getReason(), invalid);
        }
    }

    /** {@return the name without its parameters: the plain path of a file} */
    @Override
    public String toString() {
        return isFile() || isStandardStream() ? path : scheme + "://" + authority + "/" + path;
    }
}
