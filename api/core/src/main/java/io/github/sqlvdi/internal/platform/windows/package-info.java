/**
 * The COM classes of {@code sqlvdi.dll}: as registered with Windows, or from a library file without registration; and
 * the apartment from which they are called (VDI reference 3.2, 16). Only {@code ole32} ties this package to Windows: a
 * library that exports {@code DllGetClassObject} is used in the same way elsewhere.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.internal.platform.windows;
