package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** User flow against plain Java, and the laws of its diagram. */
class FlowDifferentialTest extends Differential {
    private static final List<String> NAMES =
            List.of("screen_view", "session_start", "click", "it's", "revenue", "nothing");
    private static final List<String> PATHS = List.of("/", "/a", "/b%", "/it's");

    @TestFactory
    Stream<DynamicTest> flow() {
        return each(6, FlowDifferentialTest::ask);
    }

    private static void ask(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var question = question(random, range.span(), filters);
        var arguments = arguments(range, filters, null);
        arguments.put("startEvent", question.start()).put("mode", question.mode());
        if (!question.end().isEmpty()) {
            arguments.put("endEvent", question.end());
        }
        arguments.put("steps", question.steps()).put("top", question.top());
        arguments.put("label", question.byPage() ? "page" : "event");
        question.include().forEach(arguments.putArray("include")::add);
        question.exclude().forEach(arguments.putArray("exclude")::add);

        var answer = store().ask(project, "get_user_flow", arguments);

        var expected = new SampleFlow(project, question).expected();
        var title = project.title() + " " + arguments;
        assertThat(answer.get("sessions").longValue()).as(title).isEqualTo(expected.sessions());
        assertThat(texts(answer.get("nodes"), "", "id", "value", "began", "ended", "beyond"))
                .as(title)
                .containsExactlyInAnyOrderElementsOf(expected.nodes());
        assertThat(texts(answer.get("links"), " >", "source", "target", "value"))
                .as(title)
                .containsExactlyInAnyOrderElementsOf(expected.links());
        assertConserves(answer, question.mode().equals("before"));
    }

    private static SampleFlow.Question question(Random random, Span span, List<SampleFilter> filters) {
        boolean byPage = random.nextBoolean();
        var mode = one(random, List.of("after", "before", "between"));
        var names = byPage ? Stream.concat(NAMES.stream(), PATHS.stream()).toList() : NAMES;
        var some = List.of(one(random, names), one(random, names));
        int choice = random.nextInt(4);
        return new SampleFlow.Question(
                span,
                filters,
                mode,
                byPage,
                one(random, names),
                mode.equals("between") ? one(random, names) : "",
                choice == 0 ? some : List.of(),
                choice == 1 ? some : List.of(),
                2 + random.nextInt(5),
                1 + random.nextInt(4));
    }

    private static List<String> texts(JsonNode list, String afterFirst, String... names) {
        return list.valueStream()
                .map(node -> {
                    var text = new StringBuilder();
                    for (var name : names) {
                        text.append(text.isEmpty() ? "" : " ")
                                .append(node.get(name).asString());
                        text.append(name.equals(names[0]) ? afterFirst : "");
                    }
                    return text.toString();
                })
                .toList();
    }

    /** What enters a node or begins there leaves it or ends there; links lead one step on. */
    private static void assertConserves(JsonNode answer, boolean before) {
        var entering = new HashMap<String, Long>();
        var leaving = new HashMap<String, Long>();
        for (var link : answer.get("links")) {
            entering.merge(link.get("target").stringValue(), link.get("value").longValue(), Long::sum);
            leaving.merge(link.get("source").stringValue(), link.get("value").longValue(), Long::sum);
            assertThat(step(link.get("target"))).isEqualTo(step(link.get("source")) + 1);
        }
        for (var node : answer.get("nodes")) {
            var id = node.get("id").stringValue();
            long value = node.get("value").longValue();
            long beyond = node.get("beyond").longValue();
            long began = node.get("began").longValue();
            long ended = node.get("ended").longValue();
            assertThat(entering.getOrDefault(id, 0L) + began + (before ? beyond : 0))
                    .isEqualTo(value);
            assertThat(leaving.getOrDefault(id, 0L) + ended + (before ? 0 : beyond))
                    .isEqualTo(value);
        }
    }

    private static int step(JsonNode id) {
        var text = id.stringValue();
        return Integer.parseInt(text.substring(text.lastIndexOf("step") + 4));
    }
}
