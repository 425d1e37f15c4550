/**
 * The seam between the two halves and an implementation of VDI: the interface that each implementation has
 * ({@link io.github.sqlvdi.internal.provider.Provider}), the one over COM pointers, and the rules for names and time-outs
 * that hold for all of them.
 */
package io.github.sqlvdi.internal.provider;
