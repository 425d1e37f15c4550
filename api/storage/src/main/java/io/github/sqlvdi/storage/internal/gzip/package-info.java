/** gzip with the JDK's Deflater and Inflater. */
@NullMarked
package io.github.sqlvdi.storage.internal.gzip;

import org.jspecify.annotations.NullMarked;
