/**
 * The Linux host: sealed memory files found through {@code /proc}, the futex, and one private folder of Unix-domain
 * sockets per device set. All code of the engine that depends on Linux is in this package. The rest of the engine uses
 * only the interfaces of the package above.
 *
 * <p>Native functions are called in {@link io.github.sqlvdi.internal.engine.host.linux.LinuxCalls} and
 * {@link io.github.sqlvdi.internal.engine.host.linux.SocketCalls} only. They work on x86-64 and aarch64. Two system
 * calls are made by number: {@code futex} and {@code pidfd_open}.
 */
package io.github.sqlvdi.internal.engine.host.linux;
