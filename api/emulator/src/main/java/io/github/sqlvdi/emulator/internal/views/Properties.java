package io.github.sqlvdi.emulator.internal.views;

import io.github.sqlvdi.emulator.internal.catalog.Catalog;
import io.github.sqlvdi.emulator.internal.catalog.Database;
import io.github.sqlvdi.emulator.internal.catalog.ServerIdentity;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.util.Locale;

/** SERVERPROPERTY and DATABASEPROPERTYEX. Unknown properties are NULL, as on a real server. */
public final class Properties {

    private static final String FOLDER = "/var/opt/mssql/data/";

    private Properties() {
    }

    /**
     * SERVERPROPERTY.
     *
     * @param identity the server
     * @param name the property, null for NULL
     * @return its value as sql_variant
     */
    public static Value server(ServerIdentity identity, String name) {
        Object value = name == null ? null : switch (name.toLowerCase(Locale.ROOT)) {
            case "productversion", "resourceversion" -> identity.productVersion();
            case "productmajorversion" -> String.valueOf(identity.major());
            case "productminorversion" -> "0";
            case "productbuild" -> String.valueOf(identity.build());
            case "productlevel" -> "RTM";
            case "edition" -> identity.edition();
            case "engineedition" -> 3;
            case "editionid" -> -2117995310;
            case "machinename", "computernamephysicalnetbios" -> identity.machine();
            case "servername" -> identity.name();
            case "collation" -> "SQL_Latin1_General_CP1_CI_AS";
            case "isclustered", "ishadrenabled", "isintegratedsecurityonly", "issingleuser", "isxtpsupported",
                    "isfulltextinstalled", "isadvancedanalyticsinstalled", "ispolybaseinstalled" -> 0;
            case "instancedefaultdatapath", "instancedefaultlogpath" -> FOLDER;
            case "instancedefaultbackuppath" -> FOLDER;
            case "processid" -> (int) ProcessHandle.current().pid();
            case "lcid" -> 1033;
            case "sqlcharsetname" -> "iso_1";
            default -> null;
        };
        return new Value(DataType.VARIANT, value);
    }

    /**
     * DATABASEPROPERTYEX.
     *
     * @param catalog the catalog
     * @param name the database, null for NULL
     * @param property the property, null for NULL
     * @return its value as sql_variant, NULL for an unknown database
     */
    public static Value database(Catalog catalog, String name, String property) {
        if (name == null || property == null) {
            return new Value(DataType.VARIANT, null);
        }
        return new Value(DataType.VARIANT,
                catalog.locked(all -> all.find(name).map(database -> value(database, property))
                        .orElse(null)));
    }

    private static Object value(Database database, String property) {
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "status" -> database.state.name();
            case "recovery" -> database.recoveryModel;
            case "updateability" -> database.readOnly || database.standby ? "READ_ONLY" : "READ_WRITE";
            case "useraccess" -> database.access;
            case "collation" -> "SQL_Latin1_General_CP1_CI_AS";
            case "isinstandby" -> database.standby ? 1 : 0;
            case "version" -> 957;
            default -> null;
        };
    }
}
