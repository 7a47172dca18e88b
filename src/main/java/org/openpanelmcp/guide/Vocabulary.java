package org.openpanelmcp.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.ResourceContent;
import org.openpanelmcp.mcp.ResourceDefinition;
import org.openpanelmcp.mcp.ResourceSource;
import org.openpanelmcp.mcp.ToolAnswer;
import org.openpanelmcp.tool.Caller;
import org.openpanelmcp.tool.Catalogue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The words of the analytics: what each figure means, and per project its events and their properties. */
public final class Vocabulary implements ResourceSource<Caller> {
    static final String METRICS = "openpanel://metrics";

    private static final String JSON = "application/json";
    private static final int MOST_PROJECTS = 20;
    private static final Pattern OF_PROJECT = Pattern.compile("openpanel://projects/([^/]+)/([a-z]+)");

    /** What there is of each project: the answer of a tool. */
    private enum Subject {
        EVENTS(
                "list_event_names",
                "Event names",
                "All events of the project, with their number and first and last time",
                arguments().put("limit", 500)),
        PROPERTIES(
                "list_event_properties",
                "Event properties",
                "Which properties the events of the project carry",
                arguments().put("limit", 1000));

        private final String tool;
        private final String title;
        private final String description;
        private final ObjectNode arguments;

        Subject(String tool, String title, String description, ObjectNode arguments) {
            this.tool = tool;
            this.title = title;
            this.description = description;
            this.arguments = arguments;
        }

        private static ObjectNode arguments() {
            return JsonNodeFactory.instance.objectNode();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        ResourceDefinition of(String project) {
            var uri = "openpanel://projects/" + project + "/" + word();
            return new ResourceDefinition(uri, word() + "-" + project, title + " of " + project, description, JSON);
        }

        ResourceDefinition template() {
            var uri = "openpanel://projects/{" + Prompts.PROJECT + "}/" + word();
            return new ResourceDefinition(uri, word(), title + " of a project", description, JSON);
        }
    }

    private final Catalogue catalogue;
    private final VisibleProjects projects;
    private final String metrics;

    public Vocabulary(Catalogue catalogue, VisibleProjects projects) {
        this.catalogue = catalogue;
        this.projects = projects;
        this.metrics = definitions();
    }

    /** The same text as {@code docs/metrics.md}: every number is defined once. */
    private static String definitions() {
        try (var file = Vocabulary.class.getResourceAsStream("/docs/metrics.md")) {
            if (file == null) {
                throw new IllegalStateException("docs/metrics.md is not packaged");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public List<ResourceDefinition> list(Caller caller) {
        var list = new ArrayList<ResourceDefinition>();
        list.add(new ResourceDefinition(
                METRICS,
                "metrics",
                "Definitions of all figures",
                "What each figure counts, in which unit; ranges, comparison, filters",
                "text/markdown"));
        for (var project : projects.ids(caller).stream().limit(MOST_PROJECTS).toList()) {
            for (var subject : Subject.values()) {
                list.add(subject.of(URLEncoder.encode(project, StandardCharsets.UTF_8)));
            }
        }
        return list;
    }

    @Override
    public List<ResourceDefinition> templates(Caller caller) {
        return Arrays.stream(Subject.values()).map(Subject::template).toList();
    }

    @Override
    public List<ResourceContent> read(Caller caller, String uri, CallContext context) {
        if (uri.equals(METRICS)) {
            return List.of(new ResourceContent.Text(uri, "text/markdown", metrics));
        }
        var match = OF_PROJECT.matcher(uri);
        var subject = match.matches() ? subject(match.group(2)) : Optional.<Subject>empty();
        if (subject.isEmpty()) {
            throw unknown();
        }
        return List.of(
                new ResourceContent.Text(uri, JSON, answer(caller, subject.get(), decoded(match.group(1)), context)));
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw unknown();
        }
    }

    private static UnknownResource unknown() {
        return new UnknownResource(
                "There is no resource of that address. resources/list and resources/templates/list name them.");
    }

    private static Optional<Subject> subject(String word) {
        return Arrays.stream(Subject.values())
                .filter(subject -> subject.word().equals(word))
                .findFirst();
    }

    private String answer(Caller caller, Subject subject, String project, CallContext context) {
        var arguments = subject.arguments.deepCopy().put(Prompts.PROJECT, project);
        var answer = (ToolAnswer.Finished) catalogue.answer(caller.access(), subject.tool, arguments, context);
        if (answer.isError()) {
            throw new UnknownResource(answer.content().getFirst().path("text").asString(""));
        }
        return String.valueOf(answer.structured());
    }
}
