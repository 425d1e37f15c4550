/**
 * Cross-process measurements: two processes, one that copies data in and one that copies it out, over the library and over
 * its alternatives, interleaved in rounds. Each measurement runs in fresh processes; their main class is
 * {@link io.github.sqlvdi.benchmarks.ipc.Peer}.
 */
package io.github.sqlvdi.benchmarks.ipc;
