/**
 * The Windows host: mapped files in a private folder of the user, named events to sleep on, and named pipes between the
 * members of a set, which Windows closes with the process at their other end. All code of the engine that depends on
 * Windows is in this package. The rest of the engine uses only the interfaces of the package above.
 *
 * <p>Native functions are called in {@link io.github.sqlvdi.internal.engine.host.windows.Kernel32},
 * {@link io.github.sqlvdi.internal.engine.host.windows.PipeCalls},
 * {@link io.github.sqlvdi.internal.engine.host.windows.UserOnly} and
 * {@link io.github.sqlvdi.internal.engine.host.windows.AccessList} only. The names of kernel objects contain random
 * numbers that are stored in the private folder only, and only this user may open the objects.
 */
package io.github.sqlvdi.internal.engine.host.windows;
