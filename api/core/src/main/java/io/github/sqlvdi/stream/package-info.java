/**
 * Whole backups and restores between virtual devices and channels or files.
 *
 * <p>A {@link io.github.sqlvdi.stream.DeviceJob} has everything that belongs to one statement: the device set, a thread
 * for each device, the thread of the statement, progress, cancelling and the result. It serves each device with a
 * {@link io.github.sqlvdi.stream.CommandHandler}; the library has one for each device class of the interface:
 * {@link io.github.sqlvdi.stream.PipeDevice}, {@link io.github.sqlvdi.stream.TapeDevice} and
 * {@link io.github.sqlvdi.stream.DiskDevice} (VDI reference 9).
 *
 * <p>The reference devices copy nothing: a channel reads into and writes from the shared buffer of the command.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>, numbers
 * such as (MTF reference 13) of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/mtf-reference.md">docs/mtf-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.stream;

import org.jspecify.annotations.NullMarked;
