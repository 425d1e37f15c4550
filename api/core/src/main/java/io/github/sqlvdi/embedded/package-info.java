/**
 * The embedded VDI from outside: its live sets ({@link io.github.sqlvdi.embedded.EmbeddedSet}), and its class objects
 * for a native library that acts as a COM server ({@link io.github.sqlvdi.embedded.VdiClassObjects}).
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.embedded;

import org.jspecify.annotations.NullMarked;
