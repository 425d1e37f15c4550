/** Measures a whole backup from file to file against other ways to copy a file. */
package io.github.sqlvdi.benchmarks.backup;
