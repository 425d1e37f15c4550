/**
 * The embedded VDI from outside: its live sets ({@link io.github.sqlvdi.embedded.EmbeddedSet}), and its class objects for a
 * native library that answers COM ({@link io.github.sqlvdi.embedded.VdiClassObjects}).
 */
package io.github.sqlvdi.embedded;
