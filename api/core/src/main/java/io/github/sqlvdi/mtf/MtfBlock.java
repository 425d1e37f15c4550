package io.github.sqlvdi.mtf;

/**
 * The header of a block (MTF reference 2).
 *
 * @param type four characters: {@code TAPE}, {@code SFMB}, {@code SSET}, {@code VOLB}, {@code MSCI}, {@code MSDA},
 *     {@code MSTL}, {@code MSLS}, {@code ESET}
 * @param position where the block begins, in bytes from the beginning of the expanded stream
 * @param attributes its attribute bits
 * @param logicalAddress its format logical address, in logical blocks from the start of the backup set
 * @param controlBlock its number in the backup set
 */
public record MtfBlock(String type, long position, int attributes, long logicalAddress, long controlBlock) {

    /** Whether its data is pages of the database. */
    boolean isPages() {
        return type.equals("MSDA");
    }
}
