/** SQL Server's part of a backup or restore statement, to test backup programs against. */
module io.github.sqlvdi.emulator {
    requires transitive io.github.sqlvdi.api;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports io.github.sqlvdi.emulator;
    exports io.github.sqlvdi.emulator.junit;
    exports io.github.sqlvdi.emulator.sqlserver;
}
