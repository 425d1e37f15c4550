/**
 * Sessions of the emulated SQL Server: from the accepted connection to the answer of each request. The numbers behind
 * "TDS reference" are sections of {@code docs/tds-reference.md}.
 */
package io.github.sqlvdi.emulator.internal.session;
