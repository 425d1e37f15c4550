/** File to file: a whole backup against what copies files otherwise. */
package io.github.sqlvdi.benchmarks.backup;
