/**
 * Cross-process measurements: two processes, one that copies data in and one that copies it out, over the library and over
 * its alternatives, interleaved in rounds. Each measurement runs in fresh processes; {@link
 * io.github.sqlvdi.benchmarks.ipc.Peer} is what they run.
 */
package io.github.sqlvdi.benchmarks.ipc;
