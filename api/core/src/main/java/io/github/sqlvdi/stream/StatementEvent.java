package io.github.sqlvdi.stream;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The flight recorder's event for the execution of a job's statement. */
@Name("io.github.sqlvdi.Statement")
@Label("VDI Statement")
@Category("SQL Server VDI")
@StackTrace(false)
final class StatementEvent extends Event {

    @Label("Device Set")
    String set;

    @Label("Verdict Good")
    boolean good;
}
