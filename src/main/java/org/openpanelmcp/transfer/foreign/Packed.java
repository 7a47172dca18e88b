package org.openpanelmcp.transfer.foreign;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.openpanelmcp.transfer.TransferProblem;

/**
 * What a person hands over: a file, a gzip, a zip or a folder of these. Read as streams; nothing is unpacked to the disk,
 * and what comes out is bounded.
 */
final class Packed {
    /** More than any export seen, less than a disk. */
    static final Bounds BOUNDS = new Bounds(64L << 30, 10_000);

    private static final int GZIP = 0x1f8b;

    private final Path path;
    private final Bounds bounds;
    private long unpacked;

    /**
     * @param bytes most unpacked bytes of all parts together
     * @param parts most files in an archive or a folder
     */
    record Bounds(long bytes, int parts) {}

    /** Takes one file after another. */
    @FunctionalInterface
    interface Visitor {
        /** @param name the file's own name, without folders */
        void visit(String name, InputStream content) throws IOException;
    }

    Packed(Path path, Bounds bounds) {
        this.path = path;
        this.bounds = bounds;
    }

    /** @throws TransferProblem when the file is missing, damaged or unpacks to too much */
    void each(Visitor visitor) {
        unpacked = 0;
        try {
            if (Files.isDirectory(path)) {
                eachOfFolder(visitor);
            } else if (!Files.isRegularFile(path)) {
                throw new TransferProblem("There is no file " + path + ".");
            } else if (isZip()) {
                eachOfZip(visitor);
            } else {
                try (var file = Files.newInputStream(path)) {
                    visit(String.valueOf(path.getFileName()), file, visitor);
                }
            }
        } catch (ZipException | EOFException exception) {
            throw new TransferProblem(
                    path + " is damaged or incomplete: it ends early or was changed on the way. Download it again.",
                    exception);
        } catch (IOException exception) {
            throw new TransferProblem("Cannot read " + path + ". Check its permissions.", exception);
        }
    }

    private void eachOfFolder(Visitor visitor) throws IOException {
        try (var files = Files.list(path)) {
            var sorted = files.filter(Files::isRegularFile).sorted().toList();
            requireFew(sorted.size());
            for (var file : sorted) {
                try (var content = Files.newInputStream(file)) {
                    visit(String.valueOf(file.getFileName()), content, visitor);
                }
            }
        }
    }

    private void eachOfZip(Visitor visitor) throws IOException {
        try (var zip = new ZipFile(path.toFile())) {
            requireFew(zip.size());
            for (var entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
                var name = entry.getName().replace('\\', '/');
                if (name.startsWith("/") || ("/" + name + "/").contains("/../")) {
                    throw new TransferProblem(path + " holds a file called " + name
                            + ", a name that leads out of the folder it is unpacked to. No export has such names; do not"
                            + " unpack it.");
                }
                // Systems from Apple put a shadow of each file beside it.
                if (name.startsWith("__MACOSX/")) {
                    continue;
                }
                try (var content = zip.getInputStream(entry)) {
                    visit(name.substring(name.lastIndexOf('/') + 1), content, visitor);
                }
            }
        }
    }

    private void requireFew(int parts) {
        if (parts > bounds.parts()) {
            throw new TransferProblem(
                    path + " holds " + parts + " files; at most " + bounds.parts() + " are read. Is it the export?");
        }
    }

    private void visit(String name, InputStream raw, Visitor visitor) throws IOException {
        var content = new BufferedInputStream(raw);
        content.mark(2);
        int first = content.read() << 8 | content.read();
        content.reset();
        visitor.visit(name, new Counted(first == GZIP ? new GZIPInputStream(content, 1 << 16) : content));
    }

    private boolean isZip() throws IOException {
        try (var file = Files.newInputStream(path)) {
            var start = file.readNBytes(2);
            return start.length == 2 && start[0] == 'P' && start[1] == 'K';
        }
    }

    /** Ends the reading of archives that unpack to more than is allowed. */
    private final class Counted extends InputStream {
        private final InputStream inner;

        Counted(InputStream inner) {
            this.inner = inner;
        }

        @Override
        public int read() throws IOException {
            int next = inner.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = inner.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            unpacked += read;
            if (unpacked > bounds.bytes()) {
                throw new TransferProblem(path + " unpacks to more than " + bounds.bytes()
                        + " bytes. If it is a real export, split it and import the parts one after another.");
            }
        }
    }
}
