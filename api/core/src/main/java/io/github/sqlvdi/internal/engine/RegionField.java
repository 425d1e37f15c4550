package io.github.sqlvdi.internal.engine;

/**
 * A field of a control region as {@link RegionDump} read it.
 *
 * @param section the part of the region
 * @param name the name of the field
 * @param offset the offset in bytes from the start of the region
 * @param value the content as text
 * @param check the result of its check
 */
public record RegionField(String section, String name, long offset, String value, Check check) {

    /** The result of a check. */
    public enum Check {
        /** The field has no check. */
        NONE,
        /** The field passed its check. */
        VALID,
        /** The field failed its check. */
        DAMAGED;

        static Check of(boolean valid) {
            return valid ? VALID : DAMAGED;
        }
    }
}
