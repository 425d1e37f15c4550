package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;

/** The reason why a movement of a tape ended early (VDI reference 8.2, 8.7). */
enum TapeStop {
    NONE(CompletionCodes.SUCCESS),
    FILEMARK(CompletionCodes.FILEMARK_DETECTED),
    END_OF_DATA(CompletionCodes.NO_DATA_DETECTED),
    BEGINNING(CompletionCodes.BEGINNING_OF_MEDIA);

    private final int completionCode;

    TapeStop(int completionCode) {
        this.completionCode = completionCode;
    }

    int completionCode() {
        return completionCode;
    }
}
