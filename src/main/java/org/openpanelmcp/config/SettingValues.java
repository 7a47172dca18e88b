package org.openpanelmcp.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Reason;

/** Looks settings up in their sources and gathers what is wrong with them. */
final class SettingValues {
    private static final String FILE_NAME = "openpanel.properties";

    /** A text and where it stands, for messages. */
    private record Given(String text, String place) {}

    private final Map<String, Given> given = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private SettingValues() {}

    static SettingValues of(Map<String, String> flags, Map<String, String> environment) {
        var values = new SettingValues();
        for (var setting : ServeSettings.ALL) {
            var flag = flags.get(setting.name());
            var variable = environment.getOrDefault(setting.environmentName(), "");
            if (flag != null) {
                values.given.put(setting.name(), new Given(flag, setting.flag()));
            } else if (!variable.isEmpty()) {
                values.given.put(setting.name(), new Given(variable, setting.environmentName()));
            }
        }
        values.readFile();
        return values;
    }

    /** The value, or the default after noting what is wrong. */
    <T> T get(Setting<T> setting) {
        var found = given.get(setting.name());
        if (found == null) {
            return setting.byDefault();
        }
        try {
            return setting.parser().parse(found.text().strip());
        } catch (IllegalArgumentException e) {
            problems.add("%s: '%s' is not allowed; use %s.".formatted(found.place(), found.text(), setting.allowed()));
            return setting.byDefault();
        }
    }

    /** @throws SettingsProblem when something was wrong */
    void check() {
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems.stream().distinct().toList());
        }
    }

    private void readFile() {
        Optional<Path> named = get(ServeSettings.CONFIG);
        var file = named.orElseGet(() -> get(ServeSettings.DATA).resolve(FILE_NAME));
        if (named.isEmpty() && !Files.exists(file)) {
            return;
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            problems.add("%s: cannot be read: %s.".formatted(file, Reason.of(e)));
            return;
        } catch (IllegalArgumentException e) {
            problems.add("%s: is no properties file: %s".formatted(file, e.getMessage()));
            return;
        }
        // What names the file cannot stand in it; a data directory can, unless the file lies in it.
        var keys = names(named.isPresent());
        for (var entry : new TreeMap<>(properties).entrySet()) {
            var key = entry.getKey().toString();
            if (keys.contains(key)) {
                given.putIfAbsent(key, new Given(entry.getValue().toString(), file + ", " + key));
            } else {
                problems.add(unknown(file, key, keys));
            }
        }
    }

    private static List<String> names(boolean withData) {
        return ServeSettings.ALL.stream()
                .map(Setting::name)
                .filter(name -> !name.equals(ServeSettings.CONFIG.name()))
                .filter(name -> withData || !name.equals(ServeSettings.DATA.name()))
                .toList();
    }

    private static String unknown(Path file, String key, List<String> keys) {
        var advice = Nearest.to(key.replace('_', '-').replace('.', '-'), keys)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("the settings are " + String.join(", ", keys) + ".");
        return "%s: there is no setting '%s'; %s".formatted(file, key, advice);
    }
}
