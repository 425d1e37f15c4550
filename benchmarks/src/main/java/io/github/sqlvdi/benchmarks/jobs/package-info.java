/** Measures how many small jobs a JVM can run, and how fast the command line starts. */
package io.github.sqlvdi.benchmarks.jobs;
