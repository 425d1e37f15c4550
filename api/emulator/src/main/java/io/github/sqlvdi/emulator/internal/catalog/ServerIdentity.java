package io.github.sqlvdi.emulator.internal.catalog;

import java.util.Locale;

/**
 * Who the server says it is.
 *
 * @param name the server name, with the instance if it has one
 * @param instance the instance, MSSQLSERVER for the default one
 * @param machine the machine
 * @param major the major version, for example 16 for SQL Server 2022
 * @param build the build
 * @param edition the edition
 */
public record ServerIdentity(String name, String instance, String machine, int major, int build, String edition) {

    /** SQL Server 2022, the version whose answers were captured. */
    public static final int SQL_SERVER_2022 = 16;

    /**
     * The identity of a version on this machine.
     *
     * @param major the major version, 10 to 17
     * @return the identity of a default instance
     */
    public static ServerIdentity of(int major) {
        return new ServerIdentity("SQLVDI", "MSSQLSERVER", "SQLVDI", major, major == SQL_SERVER_2022 ? 4236 : 1000,
                "Developer Edition (64-bit)");
    }

    /** {@return major, minor, build and revision} */
    public int[] version() {
        return new int[]{major, 0, build, 0};
    }

    /** {@return the version as SERVERPROPERTY shows it} */
    public String productVersion() {
        return String.format(Locale.ROOT, "%d.0.%d.0", major, build);
    }

    /** {@return the year in the product's name} */
    public int year() {
        return switch (major) {
            case 10 -> 2008;
            case 11 -> 2012;
            case 12 -> 2014;
            case 13 -> 2016;
            case 14 -> 2017;
            case 15 -> 2019;
            case 16 -> 2022;
            default -> 2025;
        };
    }

    /** {@return the internal version of databases that this server makes; only 957 (2022) was seen on a real server} */
    public int databaseVersion() {
        return switch (major) {
            case 10 -> 661;
            case 11 -> 706;
            case 12 -> 782;
            case 13 -> 852;
            case 14 -> 869;
            case 15 -> 904;
            case 16 -> 957;
            default -> 998;
        };
    }

    /** {@return the text of {@literal @@}VERSION: SQL Server's, and at its end that it is an emulator} */
    public String banner() {
        return String.format(Locale.ROOT,
                "Microsoft SQL Server %d (RTM) - %s (X64)\n\tCopyright (C) Microsoft Corporation\n\t%s on Linux\n\t",
                year(), productVersion(), edition) + "Emulated by sqlvdi";
    }
}
