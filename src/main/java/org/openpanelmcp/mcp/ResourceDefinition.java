package org.openpanelmcp.mcp;

/** A resource, or with {@code {names}} in its address a template of resources, as the lists publish it. */
public record ResourceDefinition(String uri, String name, String title, String description, String mimeType) {}
