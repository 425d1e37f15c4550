/**
 * Chooses an implementation of VDI: the embedded one, or the native library of the platform. For each platform, a
 * package below this one calls its library.
 */
package io.github.sqlvdi.internal.platform;
