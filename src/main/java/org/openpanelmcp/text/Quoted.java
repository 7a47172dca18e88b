package org.openpanelmcp.text;

/** A text from outside within a sentence: in quotation marks, and short enough to leave the sentence readable. */
public final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    public static String of(String text) {
        return "\"" + shortened(text) + "\"";
    }

    /** Without quotation marks. */
    public static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
