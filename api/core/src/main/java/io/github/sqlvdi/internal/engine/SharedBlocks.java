package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.ConfigRules;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.com.ConfigBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * The rarely written blocks of a control region: configurations and names. A reader copies the block first, then checks
 * and uses the copy, so a change between check and use has no effect.
 */
final class SharedBlocks {
    private static final int CONFIG_BYTES = 44;
    private static final int CONFIG_KIND = 1;
    private static final int NAME_KIND = 2;
    private static final long NAME_CHARS_OFFSET = 16;
    private static final long NAME_CHECK_OFFSET = 8;

    private SharedBlocks() {}

    static void writeConfig(MemorySegment memory, long offset, long key, VdiConfig config) {
        MemorySegment block = memory.asSlice(offset, CONFIG_BYTES);
        ConfigBlock.write(config, block);
        Atomics.setLong(memory, offset + ControlLayout.CONFIG_CHECK_OFFSET, check(block, key, CONFIG_KIND));
    }

    /** Reads the primary's request and checks it by the rules of Create. */
    static VdiConfig readRequest(MemorySegment memory, SetHeader header) throws DamagedRegionException {
        VdiConfig request = readConfig(memory, ControlLayout.REQUESTED_CONFIG_OFFSET, header.key());
        Optional<String> problem = ConfigRules.requestProblem(request);
        if (problem.isPresent()) {
            throw new DamagedRegionException("the requested configuration: " + problem.get());
        }
        if (request.deviceCount() != header.deviceCount()) {
            throw new DamagedRegionException("a request for " + request.deviceCount() + " devices in a set of "
                    + header.deviceCount());
        }
        return request;
    }

    /**
     * Reads the server's answer and checks it by the rules of BeginConfiguration. It must repeat the fields that only the
     * client chooses.
     */
    static VdiConfig readAnswer(MemorySegment memory, long key, VdiConfig request) throws DamagedRegionException {
        VdiConfig answer = readConfig(memory, ControlLayout.FINAL_CONFIG_OFFSET, key);
        Optional<String> problem = ConfigRules.answerProblem(answer.blockSize(), answer.alignment(),
                answer.maxTransferSize());
        if (problem.isPresent()) {
            throw new DamagedRegionException("the final configuration: " + problem.get());
        }
        if (answer.alignment() == 0 || answer.deviceCount() != request.deviceCount()
                || answer.prefixZoneSize() != request.prefixZoneSize()
                || answer.softFileMarkBlockSize() != request.softFileMarkBlockSize()
                || answer.eomWarningSize() != request.eomWarningSize()
                || !answer.serverTimeOut().equals(request.serverTimeOut())) {
            throw new DamagedRegionException("the final configuration does not fit the request: " + answer);
        }
        return answer;
    }

    static VdiConfig readConfig(MemorySegment memory, long offset, long key) throws DamagedRegionException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(CONFIG_BYTES, Integer.BYTES);
            long check = Atomics.getLong(memory, offset + ControlLayout.CONFIG_CHECK_OFFSET);
            copy.copyFrom(memory.asSlice(offset, CONFIG_BYTES));
            if (check != check(copy, key, CONFIG_KIND)) {
                throw new DamagedRegionException("the configuration failed its check");
            }
            return ConfigBlock.read(copy);
        }
    }

    /**
     * Writes a name: its length in UTF-16 units, its check word and the units.
     *
     * @param name at most {@link ControlLayout#MAX_NAME_UNITS} units
     */
    static void writeName(MemorySegment memory, long offset, long key, String name) {
        MemorySegment chars = memory.asSlice(offset + NAME_CHARS_OFFSET, (long) name.length() * Character.BYTES);
        MemorySegment.copy(name.toCharArray(), 0, chars, ValueLayout.JAVA_CHAR, 0, name.length());
        Atomics.setLong(memory, offset + NAME_CHECK_OFFSET, check(chars, key, NAME_KIND));
        Atomics.setInt(memory, offset, name.length());
    }

    static String readName(MemorySegment memory, long offset, long key) throws DamagedRegionException {
        int length = Atomics.getInt(memory, offset);
        if (length < 0 || length > ControlLayout.MAX_NAME_UNITS) {
            throw new DamagedRegionException("a name of " + length + " units");
        }
        char[] chars = new char[length];
        long check = Atomics.getLong(memory, offset + NAME_CHECK_OFFSET);
        MemorySegment.copy(memory, ValueLayout.JAVA_CHAR, offset + NAME_CHARS_OFFSET, chars, 0, length);
        if (check != check(MemorySegment.ofArray(chars), key, NAME_KIND)) {
            throw new DamagedRegionException("a name failed its check");
        }
        return new String(chars);
    }

    private static long check(MemorySegment block, long key, int kind) {
        long length = block.byteSize();
        long check = CheckWord.of(key, kind, 0, length, 0, 0);
        for (long i = 0; i + Short.BYTES <= length; i += Short.BYTES) {
            check = CheckWord.of(key, kind, i, check, block.get(ValueLayout.JAVA_SHORT_UNALIGNED, i), 0);
        }
        return check;
    }
}
