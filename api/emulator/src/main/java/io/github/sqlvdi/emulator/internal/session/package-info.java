/** Sessions of the emulated SQL Server: from the accepted connection to the answer of each request. */
package io.github.sqlvdi.emulator.internal.session;
