/**
 * The services of the operating system that the embedded engine needs: shared memory, sleeping and waking across
 * processes, names that only one user can see, and reliable notice that another process has ended.
 *
 * <p>This package holds interfaces, records and exceptions. Nothing in it depends on the platform. Each platform has its
 * own sub-package ({@code linux}, {@code windows}); code that they share is in {@code members}. {@code engine.Hosts}
 * chooses the platform.
 *
 * <p>All types are safe for use by several threads unless a member says otherwise.
 */
package io.github.sqlvdi.internal.engine.host;
