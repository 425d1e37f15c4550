package io.github.sqlvdi.samples.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Standard output of a command with {@code --json}: one document, whatever happens, unless the command line is wrong. All
 * words go to standard error.
 */
final class JsonOutput {

    private final PrintWriter out;
    private boolean printed;

    private JsonOutput(PrintWriter out) {
        this.out = out;
    }

    /** Takes standard output from the words of the command. */
    static JsonOutput of(CommandSpec spec) {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = root.getOut();
        root.setOut(root.getErr());
        return new JsonOutput(out);
    }

    void print(Map<String, ?> document) {
        printed = true;
        out.println(Json.of(document));
        out.flush();
    }

    /** Executes the work of a command, and prints the document of a failure that has none yet. */
    void run(Callable<?> work) throws Exception {
        try {
            work.call();
        } catch (ParameterException wrong) {
            throw wrong;
        } catch (Exception failure) {
            if (!printed) {
                print(ServerJson.of(failure));
            }
            throw failure;
        }
    }
}
