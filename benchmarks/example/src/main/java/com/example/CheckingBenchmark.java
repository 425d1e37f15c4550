package com.example;

import io.github.sqlvdi.benchmarks.VdiState;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.stream.CommandHandler;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/** Measures a device behind a server that fills each buffer. */
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class CheckingBenchmark {

    /** A set whose server fills the buffers. */
    public static class Filled extends VdiState {

        private CommandHandler handler;
        private byte value; // used by the agent's thread only

        @Override
        public void open() {
            super.open();
            handler = new CheckingDevice().open(agreed());
        }

        @Override
        protected boolean refill(ServerCommand command) {
            command.buffer().fill(value++);
            return true;
        }
    }

    /** One command: fetched, checked and completed. */
    @Benchmark
    public int check(Filled set) throws IOException {
        Command command = set.next();
        int size = command.size();
        set.handler.handle(command);
        return size;
    }
}
