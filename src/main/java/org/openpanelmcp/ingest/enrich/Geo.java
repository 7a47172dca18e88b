package org.openpanelmcp.ingest.enrich;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.text.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an address is, as a file in MaxMind's format says (GeoLite2 City, DB-IP City and others). A file that is replaced
 * is read again within a minute. Safe for several threads.
 */
public final class Geo implements AutoCloseable {
    /** Without a file nobody is anywhere. */
    public static final Entry.Place NOWHERE = new Entry.Place("", "", "", null, null);

    private static final Logger LOG = LoggerFactory.getLogger(Geo.class);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final @Nullable Path file;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Opened opened;
    private volatile long lookedAt = System.nanoTime();

    private record Opened(Reader reader, FileTime modified) {}

    private Geo(@Nullable Path file) {
        this.file = file;
    }

    /** Without a file. */
    public static Geo none() {
        return new Geo(null);
    }

    /** @throws IOException whose message is a sentence for the operator */
    public static Geo open(Path file) throws IOException {
        var geo = new Geo(file);
        try {
            geo.opened = read(file);
            return geo;
        } catch (IOException e) {
            throw new IOException(
                    "The geo database %s cannot be read: %s. It must be a file in MaxMind's format (.mmdb) with cities."
                            .formatted(file, Reason.of(e)),
                    e);
        }
    }

    /** @param address an IP address; anything else is nowhere */
    public Entry.Place place(String address) {
        var current = current();
        if (current == null || address.isEmpty()) {
            return NOWHERE;
        }
        try {
            var found = current.reader().get(InetAddress.ofLiteral(address), Map.class);
            return found == null ? NOWHERE : place(found);
        } catch (IllegalArgumentException noAddress) {
            return NOWHERE;
        } catch (IOException e) {
            LOG.warn("The geo database cannot be asked: {}", Reason.of(e));
            return NOWHERE;
        }
    }

    private static Entry.Place place(Map<?, ?> record) {
        var location = map(record.get("location"));
        var regions =
                record.get("subdivisions") instanceof List<?> list && !list.isEmpty() ? map(list.getFirst()) : Map.of();
        return new Entry.Place(
                text(map(record.get("country")).get("iso_code")),
                text(map(regions.get("names")).get("en")),
                text(map(map(record.get("city")).get("names")).get("en")),
                number(location.get("longitude")),
                number(location.get("latitude")));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static @Nullable Float number(@Nullable Object value) {
        return value instanceof Number number ? number.floatValue() : null;
    }

    private @Nullable Opened current() {
        var path = file;
        if (path != null && System.nanoTime() - lookedAt > LOOK_AGAIN_NANOS && reading.tryLock()) {
            try {
                lookedAt = System.nanoTime();
                readAgainIfChanged(path);
            } finally {
                reading.unlock();
            }
        }
        return opened;
    }

    /** A file that is missing or damaged at this moment leaves what was read before in use. */
    private void readAgainIfChanged(Path path) {
        var before = opened;
        try {
            if (before == null || !Files.getLastModifiedTime(path).equals(before.modified())) {
                // The one before may still be asked by another thread: it is in memory, and goes when nobody holds it.
                opened = read(path);
            }
        } catch (IOException e) {
            LOG.warn(
                    "The geo database {} cannot be read again; the one read before stays in use: {}",
                    path,
                    Reason.of(e));
        }
    }

    private static Opened read(Path file) throws IOException {
        var modified = Files.getLastModifiedTime(file);
        return new Opened(new Reader(file.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache()), modified);
    }

    @Override
    public void close() throws IOException {
        var last = opened;
        opened = null;
        if (last != null) {
            last.reader().close();
        }
    }
}
