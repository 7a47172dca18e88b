package org.openpanelmcp.config;

import java.util.Locale;

/**
 * One thing that an operator may set: {@code --some-name}, {@code OPENPANEL_SOME_NAME}, or {@code some-name} in the
 * properties file.
 *
 * @param name lower-case words joined by hyphens
 * @param defaultText what counts when nobody sets it, in the form that an operator would write
 * @param allowed completes the sentence "use ..."
 * @param help one line for {@code --help}
 * @param parser throws {@link IllegalArgumentException} for what is not allowed
 */
public record Setting<T>(String name, String defaultText, String allowed, String help, Parser<T> parser) {
    /** Makes the value of a text. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text);
    }

    public String flag() {
        return "--" + name;
    }

    public String environmentName() {
        return "OPENPANEL_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The value of the default. */
    T byDefault() {
        return parser.parse(defaultText);
    }
}
