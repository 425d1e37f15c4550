/** T-SQL as far as backup programs use it: from the text of a batch to its statements. */
package io.github.sqlvdi.emulator.internal.language;
