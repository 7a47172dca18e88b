package org.openpanelmcp.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;

/**
 * The tools by subject, and the short lists that a client with a small context can ask for in the endpoint's address:
 * {@code ?toolset=core}, {@code ?tools=a,b}. Shared between threads.
 */
public final class Toolsets {
    private static final String ALL = "all";

    /** Tools that belong together. */
    public record Group(String name, List<Tool<?, ?>> tools) {
        public Group {
            tools = List.copyOf(tools);
        }

        /** The group with one tool more. */
        public Group with(Tool<?, ?> tool) {
            var more = new ArrayList<Tool<?, ?>>(tools);
            more.add(tool);
            return new Group(name, more);
        }
    }

    /** The tools that one address offers; all of them when nothing was asked for. */
    public record Selection(Set<String> names) {
        private static final Selection EVERYTHING = new Selection(Set.of());

        public Selection {
            names = Set.copyOf(names);
        }

        public static Selection everything() {
            return EVERYTHING;
        }

        boolean has(String tool) {
            return names.isEmpty() || names.contains(tool);
        }
    }

    private final List<Tool<?, ?>> tools;
    private final Map<String, List<String>> sets = new LinkedHashMap<>();

    /** @param core the names of the dozen that suffices for most questions */
    public Toolsets(List<Group> groups, List<String> core) {
        this.tools = groups.stream().flatMap(group -> group.tools().stream()).toList();
        sets.put("core", List.copyOf(core));
        groups.forEach(group -> sets.put(group.name(), names(group.tools())));
        sets.put(ALL, names(tools));
    }

    private static List<String> names(List<Tool<?, ?>> tools) {
        return tools.stream().map(tool -> tool.spec().name()).toList();
    }

    /** All tools in the order in which they are published. */
    public List<Tool<?, ?>> tools() {
        return tools;
    }

    /**
     * What these parameters of the address ask for; the values may be lists joined by commas, and all of them are added
     * together.
     *
     * @throws BadValue for a name that is none
     */
    public Selection select(List<String> toolsets, List<String> toolNames) throws BadValue {
        var wanted = new LinkedHashSet<String>();
        for (var set : split(toolsets)) {
            wanted.addAll(tools(checked("toolset", set, sets.keySet())));
        }
        for (var tool : split(toolNames)) {
            wanted.add(checked("tools", tool, tools(ALL)));
        }
        return wanted.isEmpty() ? Selection.everything() : new Selection(wanted);
    }

    private List<String> tools(String set) {
        return sets.getOrDefault(set, List.of());
    }

    private static List<String> split(List<String> values) {
        var names = new ArrayList<String>();
        for (var value : values) {
            for (var name : value.split(",")) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    private static String checked(String parameter, String name, Collection<String> known) throws BadValue {
        if (known.contains(name)) {
            return name;
        }
        throw new BadValue(
                parameter,
                "The address asks for " + parameter + "=" + Quoted.shortened(name) + ", which is none."
                        + Nearest.to(name, known)
                                .map(near -> " Did you mean " + near + "?")
                                .orElse("")
                        + " Allowed are " + String.join(", ", known) + ", several joined by commas.");
    }
}
