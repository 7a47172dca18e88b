package org.openpanelmcp.transfer.foreign;

import java.util.List;
import java.util.Locale;
import org.openpanelmcp.transfer.TransferProblem;

/** Says of a file that is not what the command expects what it may be. */
final class WrongFile {
    private WrongFile() {}

    /**
     * @param files what was found, as name and columns
     * @param wanted one sentence about what the product's export holds
     */
    static TransferProblem of(ForeignRequest request, List<Seen> files, String wanted) {
        var found = files.isEmpty()
                ? " It holds no file with a header."
                : " Found: "
                        + String.join(
                                "; ", files.stream().limit(5).map(Seen::shown).toList())
                        + (files.size() > 5 ? "; …" : "") + ".";
        return new TransferProblem(request.file() + " is no export of "
                + request.product().title() + ". " + wanted + found + advice(files));
    }

    private static String advice(List<Seen> files) {
        for (var file : files) {
            var name = file.name().toLowerCase(Locale.ROOT);
            var columns = file.columns();
            if (name.startsWith("imported_")) {
                return " This looks like an export of Plausible: use 'import-from plausible'.";
            }
            if (columns.contains("url_path") || columns.contains("website_id")) {
                return " This looks like an export of Umami: use 'import-from umami'.";
            }
            if (columns.contains("project_id") && columns.contains("created_at")) {
                return " This looks like a table of OpenPanel's database: use 'import' on a folder with it.";
            }
            if (name.contains(".json")) {
                return " If it comes from OpenPanel's export API, use 'import-from openpanel'.";
            }
        }
        return "";
    }

    /** One file that was looked at. */
    record Seen(String name, List<String> columns) {
        private String shown() {
            var some = columns.stream().limit(8).map(WrongFile::shortened).toList();
            return name
                    + (columns.isEmpty()
                            ? ""
                            : " with the columns " + String.join(", ", some) + (columns.size() > 8 ? ", …" : ""));
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
