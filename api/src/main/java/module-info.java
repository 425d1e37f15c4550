/** Virtual devices for SQL Server: shared words and client half, server half, streams and emulator. */
module io.github.sqlvdi.api {
    requires io.github.sqlvdi.bindings;
    requires jdk.net;

    // javac refuses to export a package that has no class yet: whoever adds the first class of one of these
    // packages takes the comment away from its line.

    exports io.github.sqlvdi;

    exports io.github.sqlvdi.server;

    exports io.github.sqlvdi.stream;

    exports io.github.sqlvdi.emulator;
}
