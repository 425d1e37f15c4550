/**
 * Memory: raw addresses, UTF-16 strings, and the lifetime of the memory that device sets lend out (which calls are inside a
 * native object, which segments users may hold), and tables that give a recurring native address its Java object without
 * boxing. This package knows nothing of VDI.
 */
package io.github.sqlvdi.internal.memory;
