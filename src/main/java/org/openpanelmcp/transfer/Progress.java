package org.openpanelmcp.transfer;

/** Hears how far a transfer has come. */
@FunctionalInterface
public interface Progress {
    /** For callers who do not show it. */
    Progress SILENT = (step, done) -> {};

    /**
     * @param step what is being done now, for people
     * @param done the part that is finished, from 0 to 1, never shrinking
     */
    void report(String step, double done);
}
