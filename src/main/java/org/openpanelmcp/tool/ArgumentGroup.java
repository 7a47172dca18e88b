package org.openpanelmcp.tool;

/** A record of arguments that several tools take: its components stand beside those of the input that holds it. */
public interface ArgumentGroup {}
