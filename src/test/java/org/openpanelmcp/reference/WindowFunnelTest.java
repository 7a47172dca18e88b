package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Levels of funnels against ClickHouse's {@code windowFunnel}, which {@code -Dclickhouse.library=FILE} provides. It keeps
 * only the latest event of each step: in strict order it forgets an earlier one when a later one shares its millisecond
 * with an event of the next step. So the levels are the same wherever no group has neighbouring steps at one time;
 * elsewhere ClickHouse may miss such groups, and no others. Not asked are steps of one name, of which it lets one event
 * be two, and exclusions, which it does not have.
 */
@EnabledIfSystemProperty(
        named = "clickhouse.library",
        matches = ".+",
        disabledReason = "no ClickHouse engine: src/test/clickhouse/library.sh gives -Dclickhouse.library")
@ExtendWith({Differential.Sets.class, DenseFunnelTest.Sets.class})
class WindowFunnelTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long HOUR = 3_600_000;
    private static final int MOST_STEPS = 5;
    private static final int ASKED = 2;
    private static final List<String> DENSE = List.of("a", "b", "c", "x");
    private static final List<String> NAMES =
            List.of("screen_view", "session_start", "session_end", "revenue", "click", "it's");

    @TempDir
    static Path folder;

    /** A step is a name and a country, or any country when that is empty. */
    private record Step(String name, String country) {
        boolean is(SampleEvent event) {
            return event.name().equals(name)
                    && (country.isEmpty() || event.text("country").equals(country));
        }
    }

    private record Form(int steps, int hours, boolean strict) {}

    private record Question(
            String id,
            SampleProject project,
            AskedRange range,
            List<Step> steps,
            int hours,
            String unit,
            boolean strict) {
        static Question random(SampleProject project, List<String> names, int number) {
            var random = new Random(project.seed() * 31 + number);
            var shuffled = new ArrayList<>(names);
            Collections.shuffle(shuffled, random);
            var steps = shuffled.stream()
                    .limit(2 + random.nextInt(Math.min(MOST_STEPS, names.size()) - 1))
                    .map(name -> new Step(name, random.nextInt(6) == 0 ? "US" : ""))
                    .toList();
            return new Question(
                    project.id() + "/" + number,
                    project,
                    AskedRange.random(random, project),
                    steps,
                    List.of(1, 2, 6, 24, 200, 720).get(random.nextInt(6)),
                    random.nextBoolean() ? "session_id" : "profile_id",
                    random.nextBoolean());
        }

        ObjectNode arguments() {
            var arguments = AskedStore.arguments();
            range.writeTo(arguments);
            var list = arguments.putArray("steps");
            for (var step : steps) {
                var filters = list.addObject().put("name", step.name()).putObject("filters");
                if (!step.country().isEmpty()) {
                    filters.put("country", step.country());
                }
            }
            return arguments
                    .put("windowHours", hours)
                    .put("groupBy", unit)
                    .put("order", strict ? "strict_increase" : "ordered");
        }

        ObjectNode row() {
            var row = JSON.createObjectNode().put("question", id).put("project", project.id());
            row.put("steps", steps.size()).put("hours", hours).put("unit", unit).put("strict", strict ? 1 : 0);
            row.put("since", range.span().start()).put("until", range.span().end());
            for (int i = 0; i < MOST_STEPS; i++) {
                row.put("name" + i, i < steps.size() ? steps.get(i).name() : "");
                row.put("country" + i, i < steps.size() ? steps.get(i).country() : "");
            }
            return row;
        }

        Form form() {
            return new Form(steps.size(), hours, strict);
        }

        boolean equal() {
            return !strict || tied() == 0;
        }

        /** The groups in which events of neighbouring steps have one time. */
        int tied() {
            var tied = new HashSet<String>();
            var times = new HashMap<String, Set<Integer>>();
            for (var event : project.events()) {
                var group = event.text(unit);
                for (int i = 0; i < steps.size(); i++) {
                    if (!group.isEmpty()
                            && range.span().holds(event.at())
                            && steps.get(i).is(event)) {
                        var known = times.computeIfAbsent(group + " " + event.at(), _ -> new HashSet<>());
                        known.add(i);
                        if (known.contains(i - 1) || known.contains(i + 1)) {
                            tied.add(group);
                        }
                    }
                }
            }
            return tied.size();
        }
    }

    @TestFactory
    Stream<DynamicTest> randomSets() throws IOException, InterruptedException {
        return compared(Differential.sets(), NAMES);
    }

    @TestFactory
    Stream<DynamicTest> denseSets() throws IOException, InterruptedException {
        return compared(DenseFunnelTest.sets(), DENSE);
    }

    private static Stream<DynamicTest> compared(RandomSets sets, List<String> names)
            throws IOException, InterruptedException {
        var questions = sets.projects().stream()
                .flatMap(project ->
                        IntStream.range(0, ASKED).mapToObj(number -> Question.random(project, names, number)))
                .toList();
        var users = users(sets, questions);
        var compared = sets.each(
                sets.projects(),
                project -> questions.stream()
                        .filter(question -> question.project().equals(project))
                        .forEach(question -> compare(sets, question, users.getOrDefault(question.id(), List.of()))));
        return Stream.concat(
                compared, Stream.of(DynamicTest.dynamicTest("many are equal, and not for being empty", () -> {
                    assertThat(questions.stream().filter(Question::equal).filter(Question::strict))
                            .hasSizeGreaterThan(questions.size() / 10);
                    assertThat(users).hasSizeGreaterThan(questions.size() / 3);
                })));
    }

    private static void compare(RandomSets sets, Question question, List<Long> engine) {
        var arguments = question.arguments();
        var tool = sets.store()
                .ask(question.project(), "get_funnel", arguments)
                .get("steps")
                .valueStream()
                .map(step -> step.get("users").longValue())
                .toList();
        int tied = question.equal() ? 0 : question.tied();
        for (int i = 0; i < tool.size(); i++) {
            long counted = i < engine.size() ? engine.get(i) : 0;
            assertThat(tool.get(i))
                    .as("step %s of %s, %s", i + 1, question.project().title(), arguments)
                    .isBetween(counted, counted + tied);
        }
    }

    /** How many groups reached each step, by question; those of which nobody entered are left out. */
    private static Map<String, List<Long>> users(RandomSets sets, List<Question> questions)
            throws IOException, InterruptedException {
        var place = Files.createTempDirectory(folder, "engine");
        Files.write(
                place.resolve("events.jsonl"),
                sets.projects().stream().flatMap(WindowFunnelTest::rows).toList());
        Files.write(
                place.resolve("questions.jsonl"),
                questions.stream().map(question -> question.row().toString()).toList());
        var forms = questions.stream().map(Question::form).distinct().toList();
        var statements = IntStream.range(0, forms.size())
                .mapToObj(number -> statement(place, forms.get(number), number))
                .toList();
        ClickHouseLocal.run(Path.of(System.getProperty("clickhouse.library")), statements, place);
        var users = new HashMap<String, List<Long>>();
        for (int number = 0; number < forms.size(); number++) {
            for (var line : Files.readAllLines(place.resolve("levels-" + number + ".jsonl"))) {
                var row = JSON.readTree(line);
                users.put(
                        row.get("question").stringValue(),
                        row.get("users").valueStream().map(JsonNode::longValue).toList());
            }
        }
        return users;
    }

    private static Stream<String> rows(SampleProject project) {
        return project.events().stream().map(event -> {
            var row = JSON.createObjectNode().put("project", project.id()).put("at", event.at());
            for (var column : List.of("session_id", "profile_id", "name", "country")) {
                row.put(column, event.text(column));
            }
            return row.toString();
        });
    }

    /** windowFunnel takes the window, the mode and the number of steps from the text: all questions of one form at once. */
    private static String statement(Path place, Form form, int number) {
        var conditions = IntStream.range(0, form.steps())
                .mapToObj("(name = name%1$d and (country%1$d = '' or country = country%1$d))"::formatted)
                .collect(Collectors.joining(", "));
        var counts = IntStream.rangeClosed(1, form.steps())
                .mapToObj("countIf(level >= %d)"::formatted)
                .collect(Collectors.joining(", "));
        return """
                select question, [%9$s] as users
                from (
                    select question, if(unit = 'session_id', session_id, profile_id) as group_id,
                           windowFunnel(%2$d%3$s)(at, %4$s) as level
                    from file('%5$s/events.jsonl', 'JSONEachRow',
                              'project String, at UInt64, session_id String, profile_id String, name String, country String') as event
                    join file('%5$s/questions.jsonl', 'JSONEachRow',
                              'question String, project String, steps UInt8, hours UInt32, unit String, strict UInt8,
                               since Int64, until Int64, name0 String, country0 String, name1 String, country1 String,
                               name2 String, country2 String, name3 String, country3 String, name4 String, country4 String') as asked
                    using (project)
                    where steps = %1$d and hours = %6$d and strict = %7$d and at between since and until
                    group by question, group_id
                    having group_id != '' and level > 0)
                group by question
                into outfile '%5$s/levels-%8$d.jsonl' format JSONEachRow
                """.formatted(
                        form.steps(),
                        form.hours() * HOUR,
                        form.strict() ? ", 'strict_increase'" : "",
                        conditions,
                        place,
                        form.hours(),
                        form.strict() ? 1 : 0,
                        number,
                        counts);
    }
}
