package org.openpanelmcp.ingest.enrich;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a small file in MaxMind's format: IPv4, single addresses, records of 32 bits. */
final class MmdbFile {
    private static final byte[] MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
    private static final int EMPTY = -1;

    private MmdbFile() {}

    static void write(Path file, Map<String, Map<String, Object>> places) throws IOException {
        var tree = new ArrayList<int[]>();
        tree.add(new int[] {EMPTY, EMPTY});
        var data = new ByteArrayOutputStream();
        var leaves = new ArrayList<int[]>();
        for (var place : places.entrySet()) {
            int offset = data.size();
            data.write(encoded(place.getValue()));
            insert(tree, leaves, InetAddress.ofLiteral(place.getKey()).getAddress(), offset);
        }
        int count = tree.size();
        var bytes = ByteBuffer.allocate(count * 8);
        for (int[] node : tree) {
            for (int record : node) {
                // A leaf is kept as a number below -1: its place in the list of leaves.
                bytes.putInt(record == EMPTY ? count : record >= 0 ? record : count + 16 + leaves.get(-record - 2)[0]);
            }
        }
        var all = new ByteArrayOutputStream();
        all.write(bytes.array());
        all.write(new byte[16]);
        all.write(data.toByteArray());
        all.write(MARKER);
        all.write(encoded(Map.of(
                "node_count",
                count,
                "record_size",
                (short) 32,
                "ip_version",
                (short) 4,
                "database_type",
                "Test-City",
                "languages",
                List.of("en"),
                "binary_format_major_version",
                (short) 2,
                "binary_format_minor_version",
                (short) 0,
                "build_epoch",
                1_790_000_000L,
                "description",
                Map.of("en", "test"))));
        Files.write(file, all.toByteArray());
    }

    private static void insert(List<int[]> tree, List<int[]> leaves, byte[] address, int offset) {
        int node = 0;
        for (int bit = 0; bit < 32; bit++) {
            int side = (address[bit / 8] >> (7 - bit % 8)) & 1;
            if (bit == 31) {
                leaves.add(new int[] {offset});
                tree.get(node)[side] = -leaves.size() - 1;
            } else {
                if (tree.get(node)[side] == EMPTY) {
                    tree.add(new int[] {EMPTY, EMPTY});
                    tree.get(node)[side] = tree.size() - 1;
                }
                node = tree.get(node)[side];
            }
        }
    }

    private static byte[] encoded(Object value) throws IOException {
        var out = new ByteArrayOutputStream();
        switch (value) {
            case Map<?, ?> map -> {
                out.write(7 << 5 | map.size());
                for (var entry : map.entrySet()) {
                    out.write(encoded(entry.getKey()));
                    out.write(encoded(entry.getValue()));
                }
            }
            case List<?> list -> {
                out.write(list.size());
                out.write(11 - 7);
                for (var item : list) {
                    out.write(encoded(item));
                }
            }
            case String text -> {
                var utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.write(2 << 5 | Math.min(utf8.length, 29));
                if (utf8.length >= 29) {
                    out.write(utf8.length - 29);
                }
                out.write(utf8);
            }
            case Double number -> {
                out.write(3 << 5 | 8);
                out.write(ByteBuffer.allocate(8).putDouble(number).array());
            }
            case Short number -> {
                out.write(5 << 5 | 2);
                out.write(ByteBuffer.allocate(2).putShort(number).array());
            }
            case Integer number -> {
                out.write(6 << 5 | 4);
                out.write(ByteBuffer.allocate(4).putInt(number).array());
            }
            case Long number -> {
                out.write(8);
                out.write(9 - 7);
                out.write(ByteBuffer.allocate(8).putLong(number).array());
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
        return out.toByteArray();
    }
}
