package io.github.sqlvdi.emulator.internal.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A file of the catalog: a line with the format, a line for each entry, and a line with their number and checksum. It is
 * replaced as a whole: a process that is killed leaves the old file or the new one.
 */
final class EntryFile {

    /** The suffix of a file that was not finished. */
    static final String UNFINISHED = ".new";

    private static final String FORMAT = "sqlvdi emulator catalog 1";
    private static final String END = "end";

    private EntryFile() {
    }

    /** Writes the file, then its name: after this the file survives the end of the process and of the machine. */
    static void write(Path file, List<Entry> entries) throws IOException {
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        entries.forEach(entry -> text.append(entry.line()).append('\n'));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] end = end(entries.size(), body).getBytes(StandardCharsets.UTF_8);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, body);
            writeAll(channel, end);
            channel.force(true);
        }
        putInPlace(unfinished, file);
    }

    private static String end(int entries, byte[] body) {
        CRC32C sum = new CRC32C();
        sum.update(body);
        return String.format(Locale.ROOT, "%s\t%d\t%08x%n", END, entries, sum.getValue()).replace("\r\n", "\n");
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Gives a finished file its name. */
    static void putInPlace(Path finished, Path file) throws IOException {
        Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (AccessDeniedException windows) {
            return; // Windows opens no folders; its file systems keep names in a journal
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or is damaged; the message names the file and says what is wrong
     */
    static List<Entry> read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        if (!text.startsWith(FORMAT + "\n")) {
            throw damaged(file, 1, "it does not begin with \"" + FORMAT + "\"", null);
        }
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        List<Entry> entries = new ArrayList<>();
        int number = 2;
        for (int begin = FORMAT.length() + 1; begin < last; number++) {
            int end = text.indexOf('\n', begin);
            try {
                entries.add(Entry.parse(text.substring(begin, end)));
            } catch (IOException wrong) {
                throw damaged(file, number, wrong.getMessage(), wrong);
            }
            begin = end + 1;
        }
        String end = end(entries.size(), text.substring(0, last).getBytes(StandardCharsets.UTF_8));
        if (!text.substring(last).equals(end)) {
            throw damaged(file, number, "expected \"" + end.strip().replace('\t', ' ')
                    + "\" at its end: it was cut or changed by another program", null);
        }
        return entries;
    }

    private static IOException damaged(Path file, int line, String why, Throwable cause) {
        return new IOException(
                String.format(Locale.ROOT, "The catalog file %s is damaged in line %d: %s", file, line, why), cause);
    }
}
