package org.openpanelmcp.transfer.foreign;

/** Whose files can be imported. */
public enum Product {
    PLAUSIBLE("Plausible"),
    UMAMI("Umami"),
    OPENPANEL("OpenPanel");

    private final String title;

    Product(String title) {
        this.title = title;
    }

    /** As its makers write it. */
    public String title() {
        return title;
    }
}
