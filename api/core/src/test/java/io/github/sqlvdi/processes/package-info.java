/** Sets whose server, primary and secondaries are separate JVMs: what holds when all live, and when some die. */
package io.github.sqlvdi.processes;
