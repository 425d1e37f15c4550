/**
 * A {@code BACKUP} or {@code RESTORE} statement as the library sees it: an execution that returns messages and a
 * verdict. A program with its own way to execute statements implements {@link io.github.sqlvdi.statement.SqlStatement}.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.statement;

import org.jspecify.annotations.NullMarked;
