/** One-file programs that show how the library is used. */
package io.github.sqlvdi.samples;
