/**
 * The boundary between the two halves and an implementation of VDI: the interface of each implementation
 * ({@link io.github.sqlvdi.internal.provider.Provider}), the one over COM pointers, and the rules for time-outs that
 * hold for all of them.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.internal.provider;
