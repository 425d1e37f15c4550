package io.github.sqlvdi.stream;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The flight recorder's event for a whole job. */
@Name("io.github.sqlvdi.Job")
@Label("VDI Job")
@Category("SQL Server VDI")
@StackTrace(false)
final class JobEvent extends Event {

    @Label("Device Set")
    String set;

    @Label("Backup")
    boolean backup;

    @Label("Devices")
    int devices;

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Label("Good")
    boolean good;

    @Label("Waited for Server")
    @Timespan
    long waitedForServer;

    @Label("Waited for Target")
    @Timespan
    long waitedForTarget;
}
