package org.openpanelmcp.tool;

/**
 * How many tokens of a model a text of JSON is, estimated by its letters, digits and signs: a word is one unless it is long,
 * three digits are one. Held against a real tokenizer by a test; unusual texts (random letters, most scripts but Latin)
 * are rather estimated too high than too low.
 */
final class Tokens {
    private static final int TENTHS = 10;
    private static final int SHORT_WORD = 7;
    private static final int PER_FURTHER_LETTER = 6;
    private static final int DIGITS = 3;
    /** A single sign is often one token with the word behind it. */
    private static final int SIGN_AT_WORD = 6;

    private static final int SHORT_SIGNS = 3;
    private static final int PER_FURTHER_SIGN = 6;
    private static final int FIRST_WIDE = 0x800;
    private static final int NARROW_LETTER = 6;

    private Tokens() {}

    static int in(String text) {
        long tenths = 0;
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            int end = at + 1;
            if (letter(first)) {
                end = endOfWord(text, at);
                tenths += TENTHS + (long) PER_FURTHER_LETTER * Math.max(0, end - at - SHORT_WORD);
            } else if (digit(first)) {
                end = endOfDigits(text, at);
                tenths += TENTHS * ((end - at + DIGITS - 1L) / DIGITS);
            } else if (first < 0x80) {
                end = endOfSigns(text, at);
                tenths += signs(text, at, end);
            } else {
                tenths += first < FIRST_WIDE ? NARROW_LETTER : TENTHS;
            }
            at = end;
        }
        return Math.toIntExact((tenths + TENTHS - 1) / TENTHS);
    }

    private static long signs(String text, int start, int end) {
        if (end - start == 1) {
            return end < text.length() && letter(text.charAt(end)) ? SIGN_AT_WORD : TENTHS;
        }
        return TENTHS + (long) PER_FURTHER_SIGN * Math.max(0, end - start - SHORT_SIGNS);
    }

    /** A capital after a small letter begins a word of its own. */
    private static int endOfWord(String text, int start) {
        int end = start + 1;
        while (end < text.length()
                && letter(text.charAt(end))
                && !(capital(text.charAt(end)) && !capital(text.charAt(end - 1)))) {
            end++;
        }
        return end;
    }

    private static int endOfDigits(String text, int start) {
        int end = start + 1;
        while (end < text.length() && digit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int endOfSigns(String text, int start) {
        int end = start + 1;
        while (end < text.length() && sign(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean capital(char one) {
        return one >= 'A' && one <= 'Z';
    }

    private static boolean letter(char one) {
        return capital(one) || (one >= 'a' && one <= 'z');
    }

    private static boolean digit(char one) {
        return one >= '0' && one <= '9';
    }

    private static boolean sign(char one) {
        return one < 0x80 && !letter(one) && !digit(one);
    }
}
