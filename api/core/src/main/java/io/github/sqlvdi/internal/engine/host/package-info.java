/**
 * What the embedded engine needs of the operating system: shared memory, sleeping and waking across processes, safe
 * names, and the certain knowledge that another process has gone.
 *
 * <p>This package is the border: it holds interfaces, records and exceptions, and nothing in it is bound to one
 * platform. Each platform has one sub-package behind it ({@code linux}, {@code windows}); what these share is in
 * {@code members}.
 * {@code engine.Hosts} chooses.
 *
 * <p>All types are safe for use by several threads unless a member says otherwise.
 */
package io.github.sqlvdi.internal.engine.host;
