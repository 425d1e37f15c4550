package io.github.sqlvdi.diagnosis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of descriptors that the diagnosis tells is that of a real set, both halves in this process. */
@EnabledOnOs(OS.LINUX)
class DescriptorsOfASetTest {

    private static final int TRANSFER = 65_536;

    /** The descriptors that stay when the test looks twice: the first look has one of its own. */
    private static Set<String> descriptors() throws IOException {
        Set<String> both = look();
        both.retainAll(look());
        return both;
    }

    private static Set<String> look() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(Path::toString).filter(it -> Files.exists(Path.of(it), LinkOption.NOFOLLOW_LINKS))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64})
    void setTakesNoMoreDescriptorsThanAreTold(int devices) throws IOException {
        play(devices); // classes and libraries of the JDK are loaded
        int taken = play(devices);
        assertTrue(taken <= DescriptorFindings.SET, () -> devices + " devices take " + taken + " descriptors; told are "
                + DescriptorFindings.SET);
        assertTrue(taken > 0, "the set took no descriptor: the test does not see them");
    }

    @Test
    void closedSetKeepsNoDescriptor() throws IOException {
        play(4);
        Set<String> before = descriptors();
        for (int set = 0; set < 10; set++) {
            play(4);
        }
        Set<String> after = descriptors();
        assertTrue(after.size() <= before.size() + 1, () -> before + " became " + after);
    }

    /** {@return the descriptors that a set with a buffer of each device takes} */
    private static int play(int devices) throws IOException {
        Set<String> before = descriptors();
        String name = TestData.setName();
        try (VirtualDeviceSet client = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED)
                .config(VdiConfig.builder().deviceCount(devices).build()).create();
                ServerDeviceSet server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()) {
            server.beginConfiguration(ServerAnswer.builder().blockSize(512).maxTransferSize(TRANSFER)
                    .timeout(Patience.LONG).build());
            server.requestBuffers(TRANSFER, 0, devices);
            server.endConfiguration();
            client.awaitConfiguration(Patience.LONG).orElseThrow();
            for (int device = 0; device < devices; device++) {
                MemorySegment buffer = server.allocateBuffer(TRANSFER, 0);
                buffer.fill((byte) device);
            }
            Set<String> now = descriptors();
            now.removeAll(before);
            return now.size();
        }
    }
}
