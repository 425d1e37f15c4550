/**
 * T-SQL as far as backup programs use it: from the text of a batch to its statements. The numbers behind "TDS reference"
 * are sections of {@code docs/tds-reference.md}.
 */
package io.github.sqlvdi.emulator.internal.language;
