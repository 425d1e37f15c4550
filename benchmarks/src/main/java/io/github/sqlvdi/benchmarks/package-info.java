/** Benchmarks of a VDI path: JMH classes, each with its baselines, and the command line of {@code benchmarks.jar}. */
package io.github.sqlvdi.benchmarks;
