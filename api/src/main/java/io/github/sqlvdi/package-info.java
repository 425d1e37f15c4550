/**
 * The words both halves of VDI share, and the client half: device set, device, command.
 *
 * <p>A program becomes the backup device of one {@code BACKUP} or {@code RESTORE} statement: it creates a
 * {@link io.github.sqlvdi.VirtualDeviceSet} under the name that the statement gives as {@code VIRTUAL_DEVICE}, opens each
 * {@link io.github.sqlvdi.VirtualDevice}, and answers each {@link io.github.sqlvdi.Command} with the data right where the
 * server has it. Whole jobs between devices and files are in {@code io.github.sqlvdi.stream}; this package is for
 * programs that want every command in their own hands:
 *
 * {@snippet class="io.github.sqlvdi.ClientExample" region="backup"}
 *
 * <p>{@link io.github.sqlvdi.CommandResult#TIMEOUT} and {@link io.github.sqlvdi.CommandResult#CLOSED} happen in every
 * normal run and are values; every failure is an exception that names the operation, the code, its usual cause and what
 * to do ({@link io.github.sqlvdi.VdiException}). "VDI reference 3.5" in this documentation is a section of the project's
 * description of the interface.
 */
package io.github.sqlvdi;
