package org.openpanelmcp.ingest.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.ingest.Entry;

class GeoTest {
    private static final Map<String, Object> STOCKHOLM = Map.of(
            "country", Map.of("iso_code", "SE"),
            "city", Map.of("names", Map.of("en", "Stockholm", "sv", "Stockholm")),
            "subdivisions", List.of(Map.of("names", Map.of("en", "Stockholm County"))),
            "location", Map.of("latitude", 59.33, "longitude", 18.07));

    @TempDir
    Path folder;

    @Test
    void aFileSaysWhereAnAddressIs() throws Exception {
        var file = folder.resolve("city.mmdb");
        MmdbFile.write(
                file, Map.of("203.0.113.5", STOCKHOLM, "198.51.100.7", Map.of("country", Map.of("iso_code", "NO"))));
        try (var geo = Geo.open(file)) {
            assertThat(geo.place("203.0.113.5"))
                    .isEqualTo(new Entry.Place("SE", "Stockholm County", "Stockholm", 18.07f, 59.33f));
            assertThat(geo.place("198.51.100.7")).isEqualTo(new Entry.Place("NO", "", "", null, null));
            assertThat(geo.place("203.0.113.6")).isEqualTo(Geo.NOWHERE);
            assertThat(geo.place("127.0.0.1")).isEqualTo(Geo.NOWHERE);
            assertThat(geo.place("not an address")).isEqualTo(Geo.NOWHERE);
            assertThat(geo.place("")).isEqualTo(Geo.NOWHERE);
        }
    }

    @Test
    void withoutAFileNobodyIsAnywhere() throws Exception {
        try (var geo = Geo.none()) {
            assertThat(geo.place("203.0.113.5")).isEqualTo(Geo.NOWHERE);
        }
    }

    @Test
    void aFileOfAnotherKindIsRefusedByName() throws Exception {
        var file = Files.writeString(folder.resolve("city.csv"), "a,b");
        assertThatThrownBy(() -> Geo.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("city.csv")
                .hasMessageContaining(".mmdb");
        assertThatThrownBy(() -> Geo.open(folder.resolve("missing.mmdb")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.mmdb");
    }
}
