package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCode;

/** Why a movement of a tape ended before its time (VDI reference 8.2, 8.7). */
enum TapeStop {
    NONE(CompletionCode.SUCCESS),
    FILEMARK(CompletionCode.FILEMARK_DETECTED),
    END_OF_DATA(CompletionCode.NO_DATA_DETECTED),
    BEGINNING(CompletionCode.BEGINNING_OF_MEDIA);

    private final int completionCode;

    TapeStop(int completionCode) {
        this.completionCode = completionCode;
    }

    int completionCode() {
        return completionCode;
    }
}
