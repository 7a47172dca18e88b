package org.openpanelmcp.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One file of a transfer folder. */
record SourceFile(TransferTable table, Path path, TransferFormat format) {

    String name() {
        return table.fileName(format);
    }

    /** The files of a folder that hold rows, in the order of loading. */
    static List<SourceFile> in(Path folder) {
        var files = new ArrayList<SourceFile>();
        for (var table : TransferTable.values()) {
            var before = files.size();
            for (var format : TransferFormat.values()) {
                var path = folder.resolve(table.fileName(format));
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
