package io.github.sqlvdi.conformance;

import io.github.sqlvdi.peers.HostBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The suite against the embedded VDI behind the C++ classes of the samples' {@code libsqlvdi.so}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "C++ classes as compilers for Linux lay them out")
class HostLibraryConformanceTest extends ConformanceSuite {

    @Override
    VdiUnderTest implementation() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "native-host")
                .toAbsolutePath();
        HostBuild.linux(folder);
        return PeerVdiUnderTest.ofLibrary("libsqlvdi.so with the embedded VDI", folder.resolve("libsqlvdi.so"));
    }
}
