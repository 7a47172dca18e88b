package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Random filters, most of which match something. */
final class AskedFilters {
    private static final List<String> DIMENSIONS = List.of(
            "name",
            "path",
            "origin",
            "country",
            "country",
            "city",
            "referrer",
            "profile_id",
            "device_id",
            "session_id",
            "utm_source",
            "entry_path",
            "exit_path",
            "properties.plan",
            "properties.it's \"odd\" {key}?",
            "profile.first_name",
            "profile.properties.plan",
            "group.id",
            "group.name",
            "group.properties.it's \"odd\" {key}?");

    private final Random random;

    AskedFilters(Random random) {
        this.random = random;
    }

    static void write(List<SampleFilter> filters, ObjectNode arguments) {
        var node = arguments.putObject("filters");
        filters.forEach(filter -> filter.writeTo(node));
    }

    List<SampleFilter> some(SampleProject project) {
        var filters = new ArrayList<SampleFilter>();
        int count = Math.max(0, random.nextInt(5) - 2);
        for (int i = 0; i < count; i++) {
            var filter = one(project);
            if (filters.stream().noneMatch(other -> other.dimension().equals(filter.dimension()))) {
                filters.add(filter);
            }
        }
        return filters;
    }

    SampleFilter one(SampleProject project) {
        var dimension = DIMENSIONS.get(random.nextInt(DIMENSIONS.size()));
        var values = new ArrayList<@Nullable String>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            values.add(value(project, dimension));
        }
        return new SampleFilter(dimension, values);
    }

    private @Nullable String value(SampleProject project, String dimension) {
        var stored = stored(project, dimension);
        int start = stored.isEmpty() ? 0 : stored.offsetByCodePoints(0, 1);
        int middle = stored.offsetByCodePoints(0, stored.codePointCount(0, stored.length()) / 2);
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> ProjectGenerator.TEXTS.get(random.nextInt(ProjectGenerator.TEXTS.size()));
            case 2 -> "!" + plain(stored);
            case 3 -> plain(stored.substring(0, start)) + "*";
            case 4 -> "!*" + plain(stored.substring(middle));
            case 5 -> plain(stored.substring(0, middle)) + "*" + plain(stored.substring(middle));
            default -> plain(stored);
        };
    }

    /** Written so that no character has a meaning of its own. */
    static String plain(String text) {
        return text.replace("\\", "\\\\").replace("*", "\\*").replace("!", "\\!");
    }

    private String stored(SampleProject project, String dimension) {
        boolean ofSession = List.of("entry_path", "exit_path").contains(dimension) || random.nextBoolean();
        if (ofSession && !project.sessions().isEmpty()) {
            return one(Matching.values(project, one(project.sessions()), dimension));
        }
        return project.events().isEmpty() ? "a" : one(Matching.values(project, one(project.events()), dimension));
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
