package org.openpanelmcp.transfer;

import java.util.Optional;
import java.util.stream.Stream;

/** How the rows of a transfer folder are written, told by the ending of a file's name. */
public enum TransferFormat {
    PARQUET("parquet"),
    JSON_LINES("jsonl"),
    JSON_LINES_GZIP("jsonl.gz"),
    CSV("csv");

    private final String ending;

    TransferFormat(String ending) {
        this.ending = ending;
    }

    /** The ending of the file's name, without the dot in front. */
    public String ending() {
        return ending;
    }

    /** The format with this ending. */
    public static Optional<TransferFormat> of(String ending) {
        return Stream.of(values())
                .filter(format -> format.ending.equals(ending))
                .findFirst();
    }
}
