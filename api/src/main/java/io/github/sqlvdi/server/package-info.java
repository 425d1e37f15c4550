/** The server half of VDI: device set, device, server command, completion agent. */
package io.github.sqlvdi.server;
