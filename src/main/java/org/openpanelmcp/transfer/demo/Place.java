package org.openpanelmcp.transfer.demo;

/** Where a visitor is. */
record Place(String country, String region, String city, float longitude, float latitude) {
    /** An address that no geography knows. */
    static final Place UNKNOWN = new Place("", "", "", Float.NaN, Float.NaN);
}
