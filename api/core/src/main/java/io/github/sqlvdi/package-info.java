/**
 * The types of VDI that both halves share: configuration and its rules, features, commands, completion codes, results
 * and their explanation, names of devices, exceptions, and the choice of an implementation. The client half is
 * {@code io.github.sqlvdi.client}, the server half {@code io.github.sqlvdi.server}.
 *
 * <p>Every failure is an exception that names the operation, the code, its usual cause and what to do
 * ({@link io.github.sqlvdi.VdiException}).
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi;

import org.jspecify.annotations.NullMarked;
