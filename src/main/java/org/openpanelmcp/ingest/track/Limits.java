package org.openpanelmcp.ingest.track;

/** How much one request may bring. */
final class Limits {
    static final int BODY = 1 << 20;
    /** A batch, an import, or a chunk of a session replay. */
    static final int LARGE_BODY = 16 << 20;

    static final int BATCH_ITEMS = 10_000;
    static final int NESTING = 32;
    static final int EVENT_NAME = 80;
    static final int ID = 256;
    static final int DEVICE_ID = 64;
    static final int TRAIT = 1_000;
    static final int GROUPS = 100;
    static final int PROPERTIES = 500;
    static final int PROPERTY_NAME = 200;
    static final int PROPERTY_VALUE = 16_384;
    static final int ALL_PROPERTIES = 262_144;
    static final int REPLAY_PAYLOAD = 2_097_152;
    /** The largest number that a program in JavaScript can count to. */
    static final long NUMBER = 9_007_199_254_740_991L;

    private Limits() {}
}
