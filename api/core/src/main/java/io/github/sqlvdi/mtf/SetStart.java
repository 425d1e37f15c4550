package io.github.sqlvdi.mtf;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** What the blocks {@code SSET} and {@code VOLB} say about a backup set (MTF reference 5). */
final class SetStart {

    static final int SSET_SIZE = 0x79;

    private static final int VOLB_SIZE = 0x49;
    private static final int LONGEST_NAME = 255;
    private static final int ZONE_UNKNOWN = 127;
    private static final int MINUTES = 15;
    private static final int LAST_QUARTER = 18 * 60 / MINUTES;

    final int attributes;
    final long position;
    final int number;
    final int vendor;
    final int major;
    final int minor;
    final String name;
    final String description;
    final String user;
    final long rawDate;
    final LocalDateTime expiration;
    final UUID guid;
    final Optional<ZoneOffset> zone;

    private String machine;

    SetStart(Fields sset) throws OffenceException {
        sset.require(SSET_SIZE);
        attributes = sset.i32(0x34);
        vendor = sset.u16(0x3c);
        number = sset.u16(0x3e);
        name = sset.text(0x40, LONGEST_NAME);
        description = sset.text(0x44, LONGEST_NAME);
        user = sset.text(0x4c, LONGEST_NAME);
        position = sset.i64(0x50);
        rawDate = sset.rawDate(0x58);
        major = sset.u8(0x5d);
        minor = sset.u8(0x5e);
        guid = sset.guid(0x64);
        expiration = sset.date(0x74);
        zone = zone((byte) sset.u8(0x5f));
    }

    void volume(Fields volb) throws OffenceException {
        volb.require(VOLB_SIZE);
        machine = volb.text(0x40, LONGEST_NAME);
    }

    String machine() {
        return machine;
    }

    private static Optional<ZoneOffset> zone(int quarters) {
        return quarters == ZONE_UNKNOWN || Math.abs(quarters) > LAST_QUARTER ? Optional.empty()
                : Optional.of(ZoneOffset.ofTotalSeconds(quarters * MINUTES * 60));
    }
}
