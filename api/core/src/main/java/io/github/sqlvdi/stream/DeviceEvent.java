package io.github.sqlvdi.stream;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The flight recorder's event for one device of a job. */
@Name("io.github.sqlvdi.Device")
@Label("VDI Device")
@Category("SQL Server VDI")
@StackTrace(false)
final class DeviceEvent extends Event {

    @Label("Device")
    String device;

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Label("Closed by Server")
    boolean closed;

    @Label("Waited for Server")
    @Timespan
    long waitedForServer;

    @Label("Waited for Target")
    @Timespan
    long waitedForTarget;

    /** A part of the wait for the target: no encoded byte could be written. */
    @Label("Waited for Codec")
    @Timespan
    long waitedForCodec;
}
