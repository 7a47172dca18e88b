package org.openpanelmcp.cli;

/** Checks of free text. */
final class Texts {
    private static final int LONGEST_NAME = 200;

    private Texts() {}

    /** A name for people: one line, not blank. */
    static String name(String text) {
        var name = text.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new CommandFailure("--name: '%s' is not allowed; use 1 to %d characters on one line."
                    .formatted(name.replaceAll("\\p{Cntrl}", " "), LONGEST_NAME));
        }
        return name;
    }
}
