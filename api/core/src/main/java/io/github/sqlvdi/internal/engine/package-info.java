/** The embedded VDI: shared regions, rings, waiting, buffer areas, handles and liveness. */
package io.github.sqlvdi.internal.engine;
