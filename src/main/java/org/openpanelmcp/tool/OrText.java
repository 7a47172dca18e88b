package org.openpanelmcp.tool;

/**
 * A record of which an argument is a list. Where its other components are not needed, a caller writes the first one alone,
 * as a text.
 */
public interface OrText {}
