/** Encodes a stream on several threads: stages of blocks, each stage a codec. */
@NullMarked
package io.github.sqlvdi.internal.pipeline;

import org.jspecify.annotations.NullMarked;
