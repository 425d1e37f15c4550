/** Codecs and stores for the targets of backup jobs. */
@NullMarked
package io.github.sqlvdi.storage;

import org.jspecify.annotations.NullMarked;
