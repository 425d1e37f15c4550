/** The words both halves of VDI share, and the client half: device set, device, command. */
package io.github.sqlvdi;
