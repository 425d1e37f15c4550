/**
 * The Windows host: mapped files in a private folder of the user, named events to sleep on, and named pipes between the
 * members of a set, which Windows closes with the process at their other end. Everything that knows Windows is in this
 * package; the engine sees only the interfaces of the package above.
 *
 * <p>Native functions are called in {@link io.github.sqlvdi.internal.engine.host.windows.Kernel32},
 * {@link io.github.sqlvdi.internal.engine.host.windows.PipeCalls},
 * {@link io.github.sqlvdi.internal.engine.host.windows.UserOnly} and
 * {@link io.github.sqlvdi.internal.engine.host.windows.AccessList} only. Names of kernel objects hold random numbers that
 * are written down in the private folder alone, and all objects are open to the user only.
 */
package io.github.sqlvdi.internal.engine.host.windows;
