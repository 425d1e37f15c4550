/**
 * Where the device sets come from: the embedded VDI or the platform's own library, behind one small interface. Chooses
 * the implementation and translates between Java's words and the structures, names and time-outs of the interface.
 */
package io.github.sqlvdi.internal.platform;
