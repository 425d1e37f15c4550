/** The tokens of a response, in the shapes of TDS 7.0 to 8.0. */
package io.github.sqlvdi.emulator.internal.tokens;
