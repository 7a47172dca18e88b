package org.openpanelmcp.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.config.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Gives a command the flags of settings, so that name, default and help stand in one place. The texts are not parsed
 * here: the settings report all that is wrong at once, whatever source it came from.
 */
public final class SettingFlags {
    private SettingFlags() {}

    /** Adds one flag per setting. */
    public static void declare(CommandSpec command, List<Setting<?>> settings) {
        for (var setting : settings) {
            command.addOption(OptionSpec.builder(setting.flag())
                    .type(String.class)
                    .paramLabel("<" + setting.name() + ">")
                    .description(description(setting))
                    .build());
        }
    }

    /** The settings that the caller gave: name to text. */
    public static Map<String, String> given(ParseResult result, List<Setting<?>> settings) {
        var given = new LinkedHashMap<String, String>();
        for (var setting : settings) {
            if (result.hasMatchedOption(setting.flag())) {
                given.put(setting.name(), result.matchedOptionValue(setting.flag(), ""));
            }
        }
        return given;
    }

    private static String description(Setting<?> setting) {
        var byDefault = setting.defaultText().isEmpty() ? "" : " (default: " + setting.defaultText() + ")";
        // picocli reads "%" in a description as the start of a placeholder.
        return (setting.help() + byDefault + ". Also " + setting.environmentName() + ".").replace("%", "%%");
    }
}
