/** Virtual devices for SQL Server: the shared words, client half, server half, whole backup and restore jobs. */
module io.github.sqlvdi.api {
    requires io.github.sqlvdi.bindings;
    requires jdk.jfr;
    // A program that uses io.github.sqlvdi.jdbc has a JDBC driver, which brings this module.
    requires static transitive java.sql;
    requires static org.jspecify;

    exports io.github.sqlvdi;

    exports io.github.sqlvdi.client;
    exports io.github.sqlvdi.codec;

    exports io.github.sqlvdi.diagnosis;

    exports io.github.sqlvdi.embedded;

    exports io.github.sqlvdi.jdbc;

    exports io.github.sqlvdi.mtf;

    exports io.github.sqlvdi.server;

    exports io.github.sqlvdi.statement;

    exports io.github.sqlvdi.stream;
}
