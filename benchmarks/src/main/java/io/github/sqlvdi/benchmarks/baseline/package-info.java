/** The baselines of the library: JNI, JNA and C, used in this module only. */
package io.github.sqlvdi.benchmarks.baseline;
