/** Results of all suites in one form, the report and the comparison made of them. */
package io.github.sqlvdi.benchmarks.result;
