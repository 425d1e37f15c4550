/** Data, channels and names for the tests of every artifact; the tests of the others get this package as a jar. */
package io.github.sqlvdi.testing;
