package org.openpanelmcp.reference;

/** How wide buckets are. */
enum Width {
    HOUR,
    DAY,
    WEEK,
    MONTH
}
