/**
 * The client half of VDI: device set, device, command. A program becomes the backup device of one {@code BACKUP} or
 * {@code RESTORE} statement: it creates a {@link io.github.sqlvdi.client.VirtualDeviceSet} under the name that the
 * statement gives as {@code VIRTUAL_DEVICE}, opens each {@link io.github.sqlvdi.client.VirtualDevice}, and completes
 * each {@link io.github.sqlvdi.client.Command}, whose data it reads or writes directly in the server's buffers. The
 * package {@code io.github.sqlvdi.stream} has whole jobs between devices and files; this package is for programs that
 * handle every command themselves:
 *
 * {@snippet class="io.github.sqlvdi.client.ClientExample" region="backup"}
 *
 * <p>{@link io.github.sqlvdi.client.CommandResult#TIMEOUT} and {@link io.github.sqlvdi.client.CommandResult#CLOSED}
 * happen in every normal run and are values; every failure is a {@link io.github.sqlvdi.VdiException}.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.client;

import org.jspecify.annotations.NullMarked;
