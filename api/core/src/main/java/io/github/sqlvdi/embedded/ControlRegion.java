package io.github.sqlvdi.embedded;

import io.github.sqlvdi.internal.engine.RegionDump;
import io.github.sqlvdi.internal.engine.RegionField;
import io.github.sqlvdi.internal.provider.NativeAccess;
import java.io.IOException;
import java.util.List;

/**
 * The control region of a live set, field by field, with the result of each check. It helps to find out why a set does
 * not continue. Reading the region changes nothing and wakes no process. The processes of the set keep working during
 * the read: a check that fails once may have met a write in progress, a check that fails again means damage.
 *
 * <p>The fields are meant to be read by people, not by programs: their names and their number change with the layout of
 * the region.
 */
public final class ControlRegion {

    private final RegionDump.Dump dump;

    private ControlRegion(RegionDump.Dump dump) {
        this.dump = dump;
    }

    /**
     * Reads the regions of the live sets of a name, at most one for each instance.
     *
     * @param name the name of a device set
     * @return the regions; an empty list if no set of this user has that name
     * @throws IOException when the private directory of the sets or a region can't be used; the message says why
     * @throws UnsupportedOperationException where the embedded VDI does not run, or Java denies native access
     */
    public static List<ControlRegion> ofSet(String name) throws IOException {
        NativeAccess.require();
        return RegionDump.of(name).stream().map(ControlRegion::new).toList();
    }

    /** {@return the instance that the set was made for} */
    public String instance() {
        return dump.instance();
    }

    /** {@return the set's name} */
    public String name() {
        return dump.name();
    }

    /** {@return the fields, in the order of the region} */
    public List<Field> fields() {
        return dump.fields().stream().map(Field::new).toList();
    }

    /** The result of a field's check. */
    public enum Check {
        /** The field has no check. */
        NONE,
        /** The field passed its check. */
        VALID,
        /** The field failed its check. */
        DAMAGED
    }

    /** A field of the region. */
    public static final class Field {

        private final RegionField field;

        private Field(RegionField field) {
            this.field = field;
        }

        /** {@return the part of the region: header, state, buffers, device 0 and so on} */
        public String section() {
            return field.section();
        }

        /** {@return the name of the field} */
        public String name() {
            return field.name();
        }

        /** {@return where the field begins, in bytes from the start of the region} */
        public long offset() {
            return field.offset();
        }

        /** {@return the value of the field, in words} */
        public String value() {
            return field.value();
        }

        /** {@return the result of the field's check} */
        public Check check() {
            return Check.valueOf(field.check().name());
        }

        /** {@return all values, for logs and tests} */
        @Override
        public String toString() {
            return field.toString();
        }
    }
}
