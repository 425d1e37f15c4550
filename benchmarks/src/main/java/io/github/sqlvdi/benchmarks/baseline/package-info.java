/** What the library is measured against: JNI, JNA and C, in this module only. */
package io.github.sqlvdi.benchmarks.baseline;
