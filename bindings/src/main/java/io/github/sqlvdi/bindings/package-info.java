/**
 * The C side of VDI: structures, vtables and constants as jextract makes them of {@code src/main/c/sqlvdi/vdi.h},
 * and {@link io.github.sqlvdi.bindings.Guids}, the interface and class identifiers, which jextract cannot make.
 *
 * <p>Every other file of this package is generated (see {@code bindings/regenerate}) and is not edited by hand. Nothing
 * here decides anything: names are those of C, pointers carry no bounds, errors are the raw {@code int}.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.bindings;
