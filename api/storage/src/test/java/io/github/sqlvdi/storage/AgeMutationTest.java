package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.sqlvdi.storage.AgeStreams.Key;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that was changed anywhere gives an IOException, and before it nothing but a prefix of what was encrypted. */
class AgeMutationTest {

    private static final int COUNT = Integer.getInteger("sqlvdi.age.mutations", 1500);
    private static final long SEED = Long.getLong("sqlvdi.age.seed", 1);

    @Test
    void noChangePassesForGood(@TempDir Path folder) throws Exception {
        Key key = Key.create(folder, "key.txt");
        Age encrypting = key.encrypting().withRecipient(Key.create(folder, "other.txt").recipient());
        Age decrypting = key.decrypting();
        int[] lengths = {0, 1, 300, 65_536, 65_537, 200_000, (1 << 20) + 70_000};
        byte[][] plain = new byte[lengths.length][];
        byte[][] encoded = new byte[lengths.length][];
        for (int i = 0; i < lengths.length; i++) {
            plain[i] = AgeStreams.random(lengths[i], i);
            encoded[i] = AgeStreams.encode(encrypting, plain[i]);
        }
        for (long seed = SEED; seed < SEED + COUNT; seed++) {
            Random random = new Random(seed);
            // Most of them short: the header is what has a form.
            int which = Math.min(random.nextInt(lengths.length), random.nextInt(lengths.length));
            byte[] mutated = mutated(encoded[which], random);
            if (Arrays.equals(mutated, encoded[which])) {
                continue;
            }
            ByteArrayOutputStream given = new ByteArrayOutputStream();
            try {
                AgeStreams.decode(decrypting, mutated, Runnable::run, given);
                fail(String.format(Locale.ROOT, "seed %d: a changed stream of %d bytes was called good", seed,
                        lengths[which]));
            } catch (IOException expected) {
                if (given.size() > plain[which].length) {
                    fail("seed " + seed + ": more bytes than were encrypted", expected);
                }
                assertArrayEquals(Arrays.copyOf(plain[which], given.size()), given.toByteArray(), "seed " + seed);
            } catch (RuntimeException e) {
                fail("seed " + seed, e);
            }
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original;
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        // Half of the changes in the header.
        int at = random.nextInt(random.nextBoolean() ? Math.min(400, bytes.length + 1) : bytes.length + 1);
        int count = random.nextInt(1 + Math.min(bytes.length - at, random.nextInt(1 + (1 << random.nextInt(18)))));
        return switch (random.nextInt(7)) {
            case 0 -> replaced(bytes, Math.min(at, bytes.length - 1), (byte) random.nextInt());
            case 1 -> replaced(bytes, Math.min(at, bytes.length - 1),
                    (byte) (bytes[Math.min(at, bytes.length - 1)] ^ 1 << random.nextInt(8)));
            case 2 ->
                    replaced(bytes, Math.min(at, bytes.length - 1), (byte) "\n -> /+=\r\0".charAt(random.nextInt(10)));
            case 3 -> Arrays.copyOf(bytes, Math.max(1, at));
            case 4 -> spliced(bytes, at, count, new byte[0]);
            case 5 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + count));
            default -> spliced(bytes, at, 0, random.ints(random.nextInt(40)).collect(ByteArrayOutputStream::new,
                    ByteArrayOutputStream::write, (a, b) -> {
                    }).toByteArray());
        };
    }

    private static byte[] replaced(byte[] bytes, int at, byte value) {
        byte[] result = bytes.clone();
        result[at] = value;
        return result;
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] result = new byte[bytes.length - removed + inserted.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(inserted, 0, result, at, inserted.length);
        System.arraycopy(bytes, at + removed, result, at + inserted.length, bytes.length - at - removed);
        return result.length == 0 ? new byte[1] : result;
    }
}
