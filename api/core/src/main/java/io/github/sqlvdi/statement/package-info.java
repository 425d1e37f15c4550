/**
 * A {@code BACKUP} or {@code RESTORE} statement as the library sees it: it is executed, and it answers with messages and a
 * verdict. A program that brings its own way to execute statements implements
 * {@link io.github.sqlvdi.statement.SqlStatement}.
 */
package io.github.sqlvdi.statement;
