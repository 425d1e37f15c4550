/**
 * The stream of a backup: what flows through a virtual device during BACKUP and RESTORE is a Microsoft Tape Format stream
 * with SQL Server's own blocks in it, or the same stream compressed in a container that begins with {@code MSSQLBAK}.
 *
 * <p>{@link io.github.sqlvdi.mtf.BackupStreamReader} is fed the bytes as they pass, in portions of any size, and says in a
 * {@link io.github.sqlvdi.mtf.StreamReport} what the stream is (what RESTORE LABELONLY, HEADERONLY and FILELISTONLY
 * print) and whether it is whole. {@link io.github.sqlvdi.mtf.MediaSet} says whether several streams are the stripes of
 * one set. {@link io.github.sqlvdi.mtf.GeneratedDatabase} makes streams of this format for databases that are computed:
 * for tests of programs that read backups, and for the emulated server.
 *
 * {@snippet class="io.github.sqlvdi.mtf.StreamExample" region="read"}
 *
 * <p>"MTF reference 6.1" in this documentation is a section of {@code docs/mtf-reference.md} of the project. The format is
 * not documented by Microsoft; the reference says of each value on how many real files it was checked, and
 * {@link io.github.sqlvdi.mtf.Evidence} says it to programs.
 *
 * <p>The package uses nothing but the JDK, reads no file and starts no thread. Readers and writers are for one thread at
 * a time; all values are immutable.
 */
package io.github.sqlvdi.mtf;
