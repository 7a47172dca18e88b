package org.openpanelmcp.transfer.foreign;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openpanelmcp.transfer.Delimiter;
import org.openpanelmcp.transfer.TransferProblem;

/** A CSV file with a header, read row by row. The header tells what separates the columns: comma, semicolon or tab. */
final class CsvTable {
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int LONGEST_ROW = 1 << 24;

    private final String file;
    private final BufferedReader text;
    private final char delimiter;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> header;

    /** Takes the rows that have as many values as the header has columns. */
    @FunctionalInterface
    interface RowVisitor {
        void visit(Line line);
    }

    private CsvTable(String file, BufferedReader text, String firstLine) {
        this.file = file;
        this.text = text;
        this.delimiter = Delimiter.of(firstLine)
                .orElseThrow(found -> new TransferProblem(file + " has its columns separated by '" + found
                        + "'. Comma, semicolon and tab are understood; convert it first."));
        this.header = firstLine.isBlank() ? List.of() : names(firstLine, delimiter);
        for (int i = 0; i < header.size(); i++) {
            if (columns.put(header.get(i), i) != null) {
                throw new TransferProblem(file + " has the column " + header.get(i) + " twice. Remove one of them.");
            }
        }
    }

    private static List<String> names(String firstLine, char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowExtraCharsAfterClosingQuote(true)
                .ofSingleCsvRecord(firstLine)
                .getFields()
                .stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Reads the header. An empty file has none: its columns are empty. */
    static CsvTable open(String file, InputStream content) throws IOException {
        var text = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8), LONGEST_HEADER * 2);
        var first = firstLine(file, text);
        return new CsvTable(file, text, first);
    }

    private static String firstLine(String file, BufferedReader text) throws IOException {
        var line = new StringBuilder();
        for (int next = text.read(); next >= 0 && next != '\n'; next = text.read()) {
            if (next == 0 || line.length() >= LONGEST_HEADER) {
                throw new TransferProblem(
                        file + " is no CSV file in UTF-8: its first line is no header. If a spreadsheet"
                                + " wrote it, save it as \"CSV UTF-8\".");
            }
            line.append((char) next);
        }
        var header = line.toString().stripTrailing();
        return header.startsWith("\uFEFF") ? header.substring(1) : header;
    }

    List<String> header() {
        return header;
    }

    boolean has(String... names) {
        return List.of(names).stream().allMatch(columns::containsKey);
    }

    /** Reads on to the end. Rows of another width are refused. */
    void rows(Refusals refusals, RowVisitor visitor) throws IOException {
        var reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(LONGEST_ROW)
                .ofCsvRecord(text);
        try (CloseableIterator<CsvRecord> records = reader.iterator()) {
            while (records.hasNext()) {
                visit(records.next(), refusals, visitor);
            }
        } catch (CsvParseException exception) {
            throw new TransferProblem(
                    file + " holds a row of more than " + LONGEST_ROW
                            + " characters: a quote that opens a value and never closes makes one. Mend the file, or leave that"
                            + " part out.",
                    exception);
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    private void visit(CsvRecord found, Refusals refusals, RowVisitor visitor) {
        // The header was taken off before: the reader counts from the second line.
        var line = found.getStartingLineNumber() + 1;
        if (found.getFieldCount() == header.size()) {
            visitor.visit(new Line(line, found));
            return;
        }
        refusals.add(
                file,
                line,
                "the row does not have the " + header.size()
                        + " columns of the header; a quote that never closes swallows the lines after it",
                found.getFieldCount() + " columns");
    }

    /** One row. */
    final class Line {
        private final long number;
        private final CsvRecord values;

        private Line(long number, CsvRecord values) {
            this.number = number;
            this.values = values;
        }

        /** Where the row begins in the file; the header is line 1. */
        long number() {
            return number;
        }

        String file() {
            return file;
        }

        /** The value, trimmed; empty when the file has no such column or the row nothing in it. */
        String get(String column) {
            var index = columns.get(column);
            if (index == null) {
                return "";
            }
            var value = values.getField(index).strip();
            return value.equals("\\N") || value.equals("NULL") ? "" : value;
        }

        /** The first of the columns that has a value: versions call the same thing differently. */
        String get(String column, String olderName) {
            var value = get(column);
            return value.isEmpty() ? get(olderName) : value;
        }

        /** All values, to tell two rows without an id apart. */
        String content() {
            return String.join("\u001f", values.getFields());
        }
    }
}
