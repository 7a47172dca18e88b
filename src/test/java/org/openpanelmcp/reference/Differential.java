package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The random projects in one store, and how answers are held against those of plain Java. */
@ExtendWith(Differential.Sets.class)
abstract class Differential {
    private static final int FEW_SETS = 50;

    private static @Nullable RandomSets loaded;

    static final class Sets extends RandomSets.Loaded {
        Sets() {
            super(seed -> new ProjectGenerator(seed).generate());
        }

        @Override
        void take(RandomSets sets) {
            loaded = sets;
        }
    }

    static RandomSets sets() {
        return Objects.requireNonNull(loaded, "not loaded");
    }

    static AskedStore store() {
        return sets().store();
    }

    @FunctionalInterface
    interface Question {
        void ask(SampleProject project, Random random);
    }

    /** Of many sets each is asked once: other rows find more than other questions about the same ones. */
    static Stream<DynamicTest> each(int timesOfFew, Question question) {
        int times = RandomSets.COUNT > FEW_SETS ? 1 : timesOfFew;
        return sets().each(sets().projects(), project -> {
            var random = new Random(project.seed());
            for (int i = 0; i < times; i++) {
                question.ask(project, random);
            }
        });
    }

    /** The whole list in one page or page by page, and its length. */
    static void comparePages(
            SampleProject project, String tool, ObjectNode arguments, ArrayNode expected, Random random) {
        comparePages(project, tool, "rows", arguments, expected, random);
    }

    static void comparePages(
            SampleProject project, String tool, String field, ObjectNode arguments, ArrayNode expected, Random random) {
        var all = JsonNodeFactory.instance.arrayNode();
        boolean wholePages = random.nextBoolean();
        @Nullable String cursor = null;
        do {
            var asked = arguments.deepCopy();
            int few = Math.max(1 + random.nextInt(40), expected.size() / 50);
            asked.put("limit", wholePages ? 100 : Math.min(few, 100));
            if (cursor != null) {
                asked.put("cursor", cursor);
            }
            var answer = store().ask(project, tool, asked);
            answer.get(field).forEach(all::add);
            assertThat(answer.at("/meta/total").longValue())
                    .as("total: %s, %s", project.title(), asked)
                    .isEqualTo(expected.size());
            cursor = answer.at("/meta/nextCursor").asString(null);
            assertThat(answer.at("/meta/truncated").booleanValue()).isEqualTo(cursor != null);
        } while (cursor != null && all.size() <= expected.size());
        compare(project, arguments, all, expected);
    }

    /** All rows, page by page. */
    static ArrayNode rows(SampleProject project, String tool, String field, ObjectNode arguments) {
        var all = JsonNodeFactory.instance.arrayNode();
        var asked = arguments.deepCopy().put("limit", 100);
        JsonNode cursor;
        do {
            var answer = store().ask(project, tool, asked);
            answer.get(field).forEach(all::add);
            cursor = answer.at("/meta/nextCursor");
            asked.set("cursor", cursor);
        } while (cursor.isString());
        return all;
    }

    static void compare(SampleProject project, ObjectNode arguments, JsonNode actual, JsonNode expected) {
        assertThat(Canonical.text(actual))
                .as("%s, %s", project.title(), arguments)
                .isEqualTo(Canonical.text(expected));
    }

    static ObjectNode arguments(AskedRange range, List<SampleFilter> filters, @Nullable AskedComparison earlier) {
        var arguments = AskedStore.arguments();
        range.writeTo(arguments);
        AskedFilters.write(filters, arguments);
        if (earlier != null) {
            arguments.put("compare", earlier.name());
        }
        return arguments;
    }

    record AskedComparison(String name, EarlierPeriod period) {}

    static @Nullable AskedComparison earlier(Random random, SampleProject project, Span span) {
        boolean yearly = random.nextBoolean();
        var period = new EarlierPeriod(new CivilTime(project.zone()), span, yearly);
        return random.nextBoolean() || period.meetsDayThatNeverWas(project.now().toEpochMilli())
                ? null
                : new AskedComparison(yearly ? "previous_year" : "previous_period", period);
    }

    static @Nullable Span earlierSpan(SampleProject project, @Nullable AskedComparison earlier) {
        return earlier == null ? null : earlier.period().span(project.now().toEpochMilli());
    }

    static <T> T one(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
