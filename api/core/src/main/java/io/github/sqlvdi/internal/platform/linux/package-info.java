/**
 * SQL Server's {@code libsqlvdi.so}: two C++ classes without virtual methods, called by their mangled names as C
 * functions with the object's address as the first argument, behind the same Java interfaces that COM pointers have
 * elsewhere (VDI reference 13). Client half only.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.internal.platform.linux;
