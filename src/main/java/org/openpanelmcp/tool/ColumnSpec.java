package org.openpanelmcp.tool;

/** One column of a list whose columns the caller may choose. */
public interface ColumnSpec {
    /** As callers write it. */
    String label();

    /** The Java type of its values, which may always be null. */
    Class<?> type();
}
