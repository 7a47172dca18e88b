package org.openpanelmcp.http;

/** From which web pages a route may be called. A request without an {@code Origin} header is no page's and passes. */
public enum OriginPolicy {
    /** Pages of this server only: for what a cookie protects. */
    SAME,
    /** Pages of this server and the configured origins; on a loopback server also other local pages. */
    LISTED,
    /** Every page: for what is meant to be called from the web, such as event tracking. */
    ANY
}
