package io.github.sqlvdi.internal.com;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.processes.Worker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls of each command allocate nothing, also where the JIT compiler inlines nothing and so removes no object. */
class ComAllocationIT {

    @Test
    void callsAllocateNothingWithoutInlining() throws Exception {
        try (Worker jvm = Worker.start(List.of(), ComAllocationTest.class, "-XX:TieredStopAtLevel=4", "-XX:-Inline")) {
            for (String path : List.of("GetCommand", "CompleteCommand", "SendCommand", "callback",
                    "AddRef and Release")) {
                assertEquals(path + ": 0", jvm.expect(path + ": "));
            }
        }
    }
}
