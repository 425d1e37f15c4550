/**
 * The Linux host: sealed memory files found through {@code /proc}, the futex, and one private folder of Unix-domain
 * sockets a device set. Everything that knows Linux is in this package; the engine sees only the interfaces of the
 * package above.
 *
 * <p>Native functions are called in {@link io.github.sqlvdi.internal.engine.host.linux.LinuxCalls} only. It works on
 * x86-64 and aarch64; the one system call made by number is the futex.
 */
package io.github.sqlvdi.internal.engine.host.linux;
