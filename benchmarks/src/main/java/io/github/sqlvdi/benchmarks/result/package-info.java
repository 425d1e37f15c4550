/** The results of all suites in one form, and the report and the comparison of them. */
package io.github.sqlvdi.benchmarks.result;
