package org.openpanelmcp.ingest.write;

/** An entry that cannot be applied, whatever is tried. The message is the reason that the operator reads. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
        super(reason);
    }
}
