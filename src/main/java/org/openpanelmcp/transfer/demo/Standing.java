package org.openpanelmcp.transfer.demo;

/**
 * How far somebody has come with the shop or the app.
 *
 * @param since when they got there, epoch milliseconds; for a subscriber the last payment
 */
record Standing(Stage stage, long since) {
    static final Standing NEW = new Standing(Stage.VISITOR, 0);

    /** From stranger to subscriber, and out again. */
    enum Stage {
        VISITOR,
        MEMBER,
        TRIAL,
        SUBSCRIBER,
        LAPSED
    }

    boolean isMember() {
        return stage != Stage.VISITOR;
    }

    boolean is(Stage other) {
        return stage == other;
    }
}
