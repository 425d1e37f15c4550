/** Whole backups and restores between virtual devices and channels, streams or files. */
package io.github.sqlvdi.stream;
