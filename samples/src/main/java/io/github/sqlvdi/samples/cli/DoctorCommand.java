package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.diagnosis.Diagnosis;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sqlvdi doctor}: reports what prevents the use of the library on this machine. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Says which implementation of the interface is used here and why, whether the library of SQL Server "
                + "is there and complete, and what rights and sizes stand in its way. Then which codecs are there, and how fast.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:no problem was found", "1:a problem was found"})
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Diagnosis diagnosis = Diagnosis.run();
        spec.commandLine().getOut().print(diagnosis.format());
        CodecReport.lines().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return diagnosis.hasProblems() ? 1 : 0;
    }
}
