/** The emulated SQL Server as an extension of JUnit Jupiter 5 or later, which is the user's dependency. */
package io.github.sqlvdi.emulator.junit;
