/** Expressions and queries over the views of the emulated SQL Server. */
package io.github.sqlvdi.emulator.internal.query;
