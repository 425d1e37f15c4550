/**
 * The choice of an implementation of VDI: the embedded one, or the native library of the platform, which one package a
 * platform below this one finds and calls.
 */
package io.github.sqlvdi.internal.platform;
