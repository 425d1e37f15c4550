/**
 * The C side of VDI: structures, vtables and constants as jextract generates them from {@code src/main/c/sqlvdi/vdi.h},
 * and {@link io.github.sqlvdi.bindings.Guids}, the interface and class identifiers, which jextract cannot generate.
 *
 * <p>Every other file of this package is generated (see {@code bindings/regenerate}) and must not be edited by hand.
 * The package adds nothing to C: names are those of C, pointers have no bounds, errors are the raw {@code int}.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.bindings;
