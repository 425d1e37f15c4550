/** The system views and properties of the emulated SQL Server. */
package io.github.sqlvdi.emulator.internal.views;
