package org.openpanelmcp.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One file of a transfer folder. */
record SourceFile(TransferTable table, Path path, Format format) {

    /** How the rows are written, told by the file's name. */
    enum Format {
        PARQUET(".parquet"),
        JSON_LINES(".jsonl"),
        JSON_LINES_GZIP(".jsonl.gz"),
        CSV(".csv");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }
    }

    String name() {
        return table.tableName() + format.ending;
    }

    /** The files of a folder that hold rows, in the order of loading. */
    static List<SourceFile> in(Path folder) {
        var files = new ArrayList<SourceFile>();
        for (var table : TransferTable.values()) {
            var before = files.size();
            for (var format : Format.values()) {
                var path = folder.resolve(table.tableName() + format.ending);
                if (Files.isRegularFile(path)) {
                    files.add(new SourceFile(table, path.toAbsolutePath(), format));
                }
            }
            if (files.size() > before + 1) {
                throw new TransferProblem(
                        folder + " holds both " + files.get(before).name() + " and "
                                + files.get(before + 1).name() + ". Keep one file per table.");
            }
        }
        return List.copyOf(files);
    }
}
