/** Virtual devices for SQL Server: the shared words, client half, server half, whole backup and restore jobs. */
module io.github.sqlvdi.api {
    requires io.github.sqlvdi.bindings;
    requires jdk.jfr;
    requires static org.jspecify;

    exports io.github.sqlvdi;

    exports io.github.sqlvdi.client;

    exports io.github.sqlvdi.diagnosis;

    exports io.github.sqlvdi.embedded;

    exports io.github.sqlvdi.mtf;

    exports io.github.sqlvdi.server;

    exports io.github.sqlvdi.statement;

    exports io.github.sqlvdi.stream;
}
