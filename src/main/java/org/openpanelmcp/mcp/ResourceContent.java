package org.openpanelmcp.mcp;

/** One piece of a resource that was read. */
public sealed interface ResourceContent {
    String uri();

    String mimeType();

    record Text(String uri, String mimeType, String text) implements ResourceContent {}

    record Binary(String uri, String mimeType, byte[] bytes) implements ResourceContent {}
}
