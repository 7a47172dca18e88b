package org.openpanelmcp.transfer.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.text.Reason;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup holds, as its {@code manifest.json} says.
 *
 * @param formatVersion how the folder is to be read
 * @param version of the program that made it
 */
public record Manifest(int formatVersion, String version, Instant created, List<Entry> files) {
    /** Its name in a backup. */
    public static final String FILE_NAME = "manifest.json";

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public Manifest {
        files = List.copyOf(files);
    }

    /** One file of the backup. */
    public record Entry(String name, long size, String sha256) {}

    /** Describes the files of a folder and writes the description beside them. */
    static Manifest write(Path folder, String version, Instant created, Progress progress) throws IOException {
        var names = NewFolder.contents(folder);
        var files = new ArrayList<Entry>();
        for (int i = 0; i < names.size(); i++) {
            progress.report("reading " + names.get(i), 0.7 + 0.3 * i / names.size());
            var file = folder.resolve(names.get(i));
            files.add(new Entry(names.get(i), Files.size(file), digest(file)));
        }
        var manifest = new Manifest(FORMAT, version, created, files);
        var text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
        Files.writeString(folder.resolve(FILE_NAME), text + "\n");
        return manifest;
    }

    /**
     * Reads the description of a backup.
     *
     * @throws TransferProblem when the folder is no whole backup, or a newer version made it
     */
    public static Manifest read(Path backup) {
        NewFolder.requireWhole(backup);
        var file = backup.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            throw new TransferProblem("The folder %s is no backup: it holds no %s. Name a folder that 'backup' made."
                    .formatted(backup, FILE_NAME));
        }
        try {
            var tree = JSON.readTree(file.toFile());
            var format = tree.path("formatVersion").asInt(0);
            if (format > FORMAT) {
                throw new TransferProblem(
                        "The backup %s was made by a newer version (%s; format %d, this version reads up to %d). Restore it with that version, or a newer one."
                                .formatted(
                                        backup,
                                        Quoted.shortened(tree.path("version").asString("unknown")),
                                        format,
                                        FORMAT));
            }
            var manifest = JSON.treeToValue(tree, Manifest.class);
            manifest.checkNames(file);
            return manifest;
        } catch (JacksonException exception) {
            throw new TransferProblem(
                    "The backup %s is damaged: its %s cannot be read. Use another backup.".formatted(backup, FILE_NAME),
                    exception);
        }
    }

    /** The names lead nowhere else, and to each file once. */
    private void checkNames(Path file) {
        var seen = new HashSet<String>();
        for (var entry : files) {
            var name = entry.name();
            if (name.isEmpty()
                    || name.startsWith(".")
                    || name.contains("/")
                    || name.contains("\\")
                    || !seen.add(name)) {
                throw new TransferProblem("%s names the file %s, which no backup holds. Use another backup."
                        .formatted(file, Quoted.of(name)));
            }
        }
    }

    /** @throws TransferProblem when a file is missing or not what it was */
    void verify(Path backup, Progress progress) {
        long total = Math.max(1, files.stream().mapToLong(Entry::size).sum());
        long before = 0;
        for (var entry : files) {
            progress.report("checking " + entry.name(), 0.4 * before / total);
            var file = backup.resolve(entry.name());
            if (!Files.isRegularFile(file)) {
                throw damaged(backup, entry.name() + " is missing");
            }
            try {
                if (Files.size(file) != entry.size()) {
                    throw damaged(
                            backup,
                            "%s has %d bytes instead of %d".formatted(entry.name(), Files.size(file), entry.size()));
                }
                if (!digest(file).equals(entry.sha256())) {
                    throw damaged(backup, entry.name() + " has another content than when it was made");
                }
            } catch (IOException exception) {
                throw new TransferProblem(
                        "The backup %s cannot be read: %s: %s.".formatted(backup, entry.name(), Reason.of(exception)),
                        exception);
            }
            before += entry.size();
        }
    }

    private static TransferProblem damaged(Path backup, String what) {
        return new TransferProblem(
                "The backup %s is damaged or incomplete: %s. Use another backup; nothing was restored."
                        .formatted(backup, what));
    }

    private static String digest(Path file) throws IOException {
        try (var stream = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            var buffer = new byte[1 << 16];
            while (stream.read(buffer) >= 0) {
                // Reading is what feeds the digest.
            }
            return HexFormat.of().formatHex(stream.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every Java has SHA-256", exception);
        }
    }
}
