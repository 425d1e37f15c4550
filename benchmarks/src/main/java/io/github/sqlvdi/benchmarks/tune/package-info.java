/** Searches the settings with which a server is backed up fastest. */
package io.github.sqlvdi.benchmarks.tune;
