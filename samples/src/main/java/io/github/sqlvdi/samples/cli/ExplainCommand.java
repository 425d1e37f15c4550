package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.CodeExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sqlvdi explain}: explains codes in words. */
@Command(name = "explain", mixinStandardHelpOptions = true,
        description = "Says what a code means, where it usually comes from, and what to do: a result of the interface or "
                + "of COM, the completion code of a command, or the number of a message of SQL Server.")
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "CODE",
            description = "A number or a name: 0x80770004, -2139684860, 995, 3013, VD_E_ABORT, ERROR_HANDLE_EOF.")
    private List<String> codes;

    @Override
    public Integer call() {
        List<String> unknown = new ArrayList<>();
        for (String code : codes) {
            List<CodeExplanation> found = CodeExplanation.find(code);
            if (found.isEmpty()) {
                unknown.add(code);
            }
            found.forEach(it -> spec.commandLine().getOut().println(it.format()));
        }
        spec.commandLine().getOut().flush();
        unknown.forEach(code -> spec.commandLine().getErr().println("sqlvdi: No code is called \"" + code
                + "\": expected a number of at most 32 bits, decimal or with 0x, or a name such as VD_E_ABORT or"
                + " ERROR_HANDLE_EOF."));
        return unknown.isEmpty() ? 0 : 1;
    }
}
