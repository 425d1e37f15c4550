/** Types and values of T-SQL, as TDS sends and receives them. */
package io.github.sqlvdi.emulator.internal.types;
