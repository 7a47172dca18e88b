package org.openpanelmcp.transfer.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.transfer.TransferProblem;

/** Files that are not what the command expects: each is refused with words that help, and nothing is left behind. */
class PackedTest {
    @TempDir
    Path temporary;

    @Test
    void aZipGivesItsFilesByTheirOwnNames() throws Exception {
        var zip = zip("a/b/one.csv", "1", "__MACOSX/a/._one.csv", "shadow", "two.csv", "2");
        assertThat(read(zip, Packed.BOUNDS)).containsExactly("one.csv=1", "two.csv=2");
    }

    @Test
    void aTornZipIsRefused() throws Exception {
        var zip = zip("one.csv", "abc".repeat(1000));
        var bytes = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> read(zip, Packed.BOUNDS))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("is damaged or incomplete");
    }

    @Test
    void aBombIsStoppedWhereTheBoundIs() throws Exception {
        var zip = zip("one.csv", "0".repeat(1 << 20));
        assertThat(Files.size(zip)).isLessThan(1 << 12);
        assertThatThrownBy(() -> read(zip, new Packed.Bounds(1 << 16, 10)))
                .hasMessageContaining("unpacks to more than 65536 bytes");
    }

    @Test
    void tooManyFilesAreRefused() throws Exception {
        var zip = zip("1", "", "2", "", "3", "");
        assertThatThrownBy(() -> read(zip, new Packed.Bounds(1 << 16, 2))).hasMessageContaining("holds 3 files");
    }

    @Test
    void namesThatLeadOutAreRefused() throws Exception {
        for (var name : List.of("../../evil.csv", "/etc/evil.csv", "a\\..\\..\\evil.csv")) {
            var zip = zip(name, "x");
            assertThatThrownBy(() -> read(zip, Packed.BOUNDS)).hasMessageContaining("leads out of the folder");
        }
    }

    @Test
    void anExportOfAnotherProductIsRecognized() throws Exception {
        var migration = new Migration(temporary.resolve("data"), "UTC");
        var plausible = zip("imported_visitors_20240301_20240302.csv", "date,visitors\n2024-03-01,1\n");
        assertThatThrownBy(() -> migration.load(Product.UMAMI, plausible))
                .hasMessageContaining("is no export of Umami. Expected is a CSV of the table website_event")
                .hasMessageContaining("imported_visitors_20240301_20240302.csv with the columns date, visitors")
                .hasMessageContaining("use 'import-from plausible'");
        assertThatThrownBy(() -> migration.load(Product.PLAUSIBLE, Migration.FILES.resolve("umami.csv")))
                .hasMessageContaining("use 'import-from umami'");
        assertThatThrownBy(() -> migration.load(Product.UMAMI, Migration.FILES.resolve("export-page-1.json")))
                .hasMessageContaining("use 'import-from openpanel'");
        assertThat(migration.data.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void emptyFilesAndOtherSeparatorsAreNamed() throws Exception {
        var migration = new Migration(temporary.resolve("data"), "UTC");
        var empty = Files.createFile(temporary.resolve("empty.csv"));
        assertThatThrownBy(() -> migration.load(Product.UMAMI, empty)).hasMessageContaining("is no export of Umami");
        var bars = Files.writeString(temporary.resolve("bars.csv"), "session_id|created_at|url_path\n");
        assertThatThrownBy(() -> migration.load(Product.UMAMI, bars))
                .hasMessageContaining(
                        "bars.csv has its columns separated by '|'. Comma, semicolon and tab are understood");
        var utf16 = Files.write(
                temporary.resolve("utf16.csv"), "session_id,created_at\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> migration.load(Product.UMAMI, utf16)).hasMessageContaining("is no CSV file in UTF-8");
        assertThatThrownBy(() -> migration.load(Product.UMAMI, temporary.resolve("nothing.csv")))
                .hasMessageContaining("There is no file");
        var twice = Files.writeString(temporary.resolve("twice.csv"), "session_id,created_at,url_path,session_id\n");
        assertThatThrownBy(() -> migration.load(Product.UMAMI, twice))
                .hasMessageContaining("twice.csv has the column session_id twice");
    }

    private static List<String> read(Path path, Packed.Bounds bounds) {
        var read = new ArrayList<String>();
        new Packed(path, bounds)
                .each((name, content) ->
                        read.add(name + "=" + new String(content.readAllBytes(), StandardCharsets.UTF_8)));
        return read;
    }

    private Path zip(String... namesAndContents) throws IOException {
        var zip = temporary.resolve("export.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndContents[i]));
                out.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return zip;
    }
}
