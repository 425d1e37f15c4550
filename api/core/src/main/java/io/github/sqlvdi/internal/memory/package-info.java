/**
 * Native memory: raw addresses, UTF-16 strings, the lifetime of the memory that device sets lend out, and tables. The
 * lifetime depends on the calls that are inside a native object and on the segments that users hold. The tables give a
 * recurring native address its Java object without boxing. This package knows nothing of VDI.
 */
package io.github.sqlvdi.internal.memory;
