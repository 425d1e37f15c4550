package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs a command line in this JVM, which takes a tenth of the time of a process: for rules about what a command does and
 * says. {@link Launcher} is for what only a process has: its working directory, standard streams, signals, the script.
 * Names of files must be absolute.
 */
final class InProcess {

    private InProcess() {
    }

    static Result run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = SqlVdi.commandLine(new Interruption());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int exitCode = line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Result(exitCode, unix(out), unix(err));
    }

    private static String unix(StringWriter text) {
        return text.toString().replace("\r\n", "\n");
    }
}
