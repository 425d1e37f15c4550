package io.github.sqlvdi.mtf;

import java.util.Locale;

/**
 * The version of the server that a generated backup says it comes from.
 *
 * @param major 11 (SQL Server 2012) or more
 * @param minor the minor version
 * @param build the build
 * @param databaseVersion the internal version of its databases
 * @param compatibilityLevel the compatibility level of its databases
 */
public record ServerVersion(int major, int minor, int build, int databaseVersion, int compatibilityLevel) {

    /** SQL Server 2017, RTM. */
    public static final ServerVersion SQL_SERVER_2017 = new ServerVersion(14, 0, 1000, 869, 140);
    /** SQL Server 2016, Service Pack 2. */
    public static final ServerVersion SQL_SERVER_2016 = new ServerVersion(13, 0, 5026, 852, 130);
    /** SQL Server 2022, RTM. */
    public static final ServerVersion SQL_SERVER_2022 = new ServerVersion(16, 0, 1000, 957, 160);

    private static final int FIRST_MAJOR = 11;
    private static final int LAST_BYTE = 255;
    private static final int LAST_U16 = 0xffff;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a part is out of its range; the message names it
     */
    public ServerVersion {
        require("major", major, FIRST_MAJOR, LAST_BYTE);
        require("minor", minor, 0, LAST_BYTE);
        require("build", build, 0, LAST_U16);
        require("databaseVersion", databaseVersion, 0, LAST_U16);
        require("compatibilityLevel", compatibilityLevel, 0, LAST_BYTE);
    }

    private static void require(String part, int value, int first, int last) {
        if (value < first || value > last) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %d: expected %d to %d", part, value, first, last));
        }
    }
}
