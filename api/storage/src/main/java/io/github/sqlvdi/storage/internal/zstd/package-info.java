/** libzstd: found, called, and the frames of its format. */
@NullMarked
package io.github.sqlvdi.storage.internal.zstd;

import org.jspecify.annotations.NullMarked;
