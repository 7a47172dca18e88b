package org.openpanelmcp.ingest.session;

import org.openpanelmcp.store.RowKey;

/**
 * Knows devices in 20 bits each (a Bloom filter): one that was added is always known, one in some ten thousand others is
 * taken for known, too.
 */
final class DeviceFilter {
    private static final int BITS_EACH = 20;
    private static final int PROBES = 12;
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final int most;
    private final long[] words;
    private int size;

    /** @param most devices; more make it err more often */
    DeviceFilter(int most) {
        this.most = most;
        this.words = new long[Math.toIntExact(((long) most * BITS_EACH + 63) / 64)];
    }

    boolean isFull() {
        return size >= most;
    }

    void add(RowKey device) {
        long hash = hash(device);
        for (int i = 0; i < PROBES; i++) {
            long bit = bit(hash, i);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
        size++;
    }

    boolean mayContain(RowKey device) {
        long hash = hash(device);
        for (int i = 0; i < PROBES; i++) {
            long bit = bit(hash, i);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private long bit(long hash, int probe) {
        return Long.remainderUnsigned(hash + probe * (mixed(hash) | 1), words.length * 64L);
    }

    /** FNV-1a, 64 bits: those of {@link String#hashCode} are too few for millions of devices. */
    private static long hash(RowKey device) {
        return mixed(hash(device.id(), hash(device.projectId(), OFFSET_BASIS) * PRIME));
    }

    private static long hash(String text, long begun) {
        long hash = begun;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
