package io.github.sqlvdi.internal.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Every system property and environment variable that the library reads, by name, and the rules for their values.
 * {@code docs/settings.md} describes them; a test compares the two. A property is read each time it is needed. A blank
 * value counts as none.
 */
public final class Settings {

    /** The name of the provider that {@code VdiProvider.AUTOMATIC} stands for. */
    public static final String PROVIDER = "io.github.sqlvdi.provider";
    /** Used as {@link #PROVIDER} if that is not set. */
    public static final String PROVIDER_VARIABLE = "SQLVDI_PROVIDER";
    /** A VDI library to use instead of the installed one. */
    public static final String LIBRARY = "io.github.sqlvdi.library";
    /** Used as {@link #LIBRARY} if that is not set. */
    public static final String LIBRARY_VARIABLE = "SQLVDI_LIBRARY";
    /** The directory of this user's device sets. */
    public static final String DIRECTORY = "io.github.sqlvdi.directory";
    /** The parent of the default {@link #DIRECTORY} on Linux if {@code /dev/shm} cannot be used. */
    public static final String RUNTIME_VARIABLE = "XDG_RUNTIME_DIR";
    /** The parent of the default {@link #DIRECTORY} on Windows. */
    public static final String LOCAL_DATA_VARIABLE = "LOCALAPPDATA";
    /** The unit of the time-outs of {@code libsqlvdi.so}. */
    public static final String TIMEOUT_UNIT = "io.github.sqlvdi.linux.timeoutUnit";
    /** Whether the data of a command throws after its completion. */
    public static final String CHECKED = "io.github.sqlvdi.checked";
    /** How long OpenDevice of the embedded VDI waits for the server, in milliseconds. */
    public static final String OPEN_DEVICE_WAIT_MILLIS = "io.github.sqlvdi.openDeviceWaitMillis";
    /** The instance of the methods that have no parameter for it (VDI reference 3.5.2). */
    public static final String INSTANCE_VARIABLE = "_VIRTUAL_SERVER_NAME_";

    private static final int OPEN_DEVICE_WAIT_DEFAULT = 30_000;

    private Settings() {
    }

    /**
     * Refuses a wrong value before anything depends on it.
     *
     * @throws IllegalArgumentException if a value of {@link #CHECKED}, {@link #OPEN_DEVICE_WAIT_MILLIS} or {@link
     *     #DIRECTORY} is wrong; the message has its name, the value and the expected values
     */
    public static void requireValid() {
        checked();
        openDeviceWaitMillis();
        directory();
    }

    /**
     * {@return whether {@value #CHECKED} is true}
     *
     * @throws IllegalArgumentException if it is neither true nor false
     */
    public static boolean checked() {
        String value = property(CHECKED).orElse("false");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(CHECKED, value, "true or false");
        };
    }

    /**
     * {@return the milliseconds of {@value #OPEN_DEVICE_WAIT_MILLIS}}
     *
     * @throws IllegalArgumentException if it is no number from 0 to 2,147,483,647
     */
    public static int openDeviceWaitMillis() {
        String value = property(OPEN_DEVICE_WAIT_MILLIS).orElse(Integer.toString(OPEN_DEVICE_WAIT_DEFAULT));
        try {
            int millis = Integer.parseInt(value);
            if (millis >= 0) {
                return millis;
            }
        } catch (NumberFormatException e) {
            throw refused(OPEN_DEVICE_WAIT_MILLIS, value, "0 to 2147483647 milliseconds");
        }
        throw refused(OPEN_DEVICE_WAIT_MILLIS, value, "0 to 2147483647 milliseconds");
    }

    /**
     * {@return the directory that {@value #DIRECTORY} names, if any}
     *
     * @throws IllegalArgumentException if it is no path of this operating system
     */
    public static Optional<Path> directory() {
        Optional<String> value = property(DIRECTORY);
        try {
            return value.map(Path::of);
        } catch (InvalidPathException e) {
            throw refused(DIRECTORY, value.orElseThrow(), "the path of a directory (" + e.getReason() + ")");
        }
    }

    /**
     * {@return the value of a system property without the space around it, if it has one}
     *
     * @param name one of the names of this class
     */
    public static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * {@return the value of an environment variable without the space around it, if it has one}
     *
     * @param name one of the names of this class
     */
    public static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * {@return the exception for a wrong value}
     *
     * @param name the name of the property
     * @param value its value
     * @param expected the values that are allowed, in words
     */
    public static IllegalArgumentException refused(String name, String value, String expected) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "property %s is \"%s\": expected %s", name, value, expected));
    }
}
