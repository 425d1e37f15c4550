/**
 * Lifetime of what the device sets lend out: who is inside a call on a native object, which memory users may hold, and
 * the tables that give a recurring native address its Java object without boxing. Used by both halves of the public
 * API; knows nothing of VDI itself.
 */
package io.github.sqlvdi.internal.memory;
