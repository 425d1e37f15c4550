/** TDS below its tokens: packets and messages, pre-login, LOGIN7, TLS and the certificate of the emulated SQL Server. */
package io.github.sqlvdi.emulator.internal.wire;
