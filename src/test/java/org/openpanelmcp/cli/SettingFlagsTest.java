package org.openpanelmcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openpanelmcp.config.ServeSettings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SettingFlagsTest {
    private final CommandLine line = line();

    @Test
    void onlyWhatWasGivenIsHandedOnAndNothingIsParsed() {
        var result = line.parseArgs("--port", "none", "--url-tokens=false");

        assertThat(SettingFlags.given(result, ServeSettings.ALL))
                .isEqualTo(Map.of("port", "none", "url-tokens", "false"));
        assertThat(SettingFlags.given(line.parseArgs(), ServeSettings.ALL)).isEmpty();
    }

    @Test
    void theHelpNamesEveryFlagItsDefaultAndItsVariable() {
        var help = line.getUsageMessage().replaceAll("\\s+", " ");

        for (var setting : ServeSettings.ALL) {
            assertThat(help).contains(setting.flag(), setting.help(), setting.defaultText(), setting.environmentName());
        }
    }

    private static CommandLine line() {
        var command = CommandSpec.create().name("serve");
        SettingFlags.declare(command, ServeSettings.ALL);
        return new CommandLine(command).setUsageHelpWidth(400);
    }
}
