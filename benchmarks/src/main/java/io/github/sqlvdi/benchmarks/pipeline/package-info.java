/** Measures backups and restores through codecs against the programs zstd, gzip and age. */
package io.github.sqlvdi.benchmarks.pipeline;
