package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.RowName;
import org.openpanelmcp.tool.ToolCall;

/** Who is behind a figure of a row: the people of the sessions or events that it counts. */
final class MetricsPeople {
    private static final String TOOL = "query_metrics";

    private final ProjectScope scope;
    private final MetricsQuestion question;
    private final TimeRange range;
    private final MetricsAnswer answer;

    MetricsPeople(ToolCall call, ProjectScope scope, MetricsQuestion question, TimeRange range) throws BadValue {
        this.scope = scope;
        this.question = question;
        this.range = range;
        this.answer = new MetricsAnswer(
                call, scope, question, range, new MetricsAnswer.Order(0, false, PeopleChoice.MOST_ROWS));
    }

    PeopleBehind.Behind behind(PeopleChoice choice) throws BadValue {
        boolean grouped = !question.groupBy().isEmpty();
        choice.takes(TOOL, grouped ? List.of("row", "figure") : List.of("figure"));
        var places = new LinkedHashMap<String, Integer>();
        for (int place = 0; place < question.metrics().size(); place++) {
            places.put(question.metrics().get(place).label(), place);
        }
        int place = choice.figure(TOOL, places);
        var described = "People (profile id, the device while anonymous) of what "
                + question.metrics().get(place).label() + " counts";
        if (!grouped) {
            return new PeopleBehind.Behind(
                    scope, answer.query().people(place, null), described, range, PeopleBehind.Behind.NONE);
        }
        var labels = question.groupBy().stream().map(Grouping::label).toList();
        var row = choice.row(TOOL, labels, "{\"" + labels.getFirst() + "\":…}");
        var key = key(row);
        return new PeopleBehind.Behind(
                scope, answer.query().people(place, key), described + " in that row", range, () -> mustExist(row, key));
    }

    private List<Object> key(RowName row) throws BadValue {
        var key = new ArrayList<Object>();
        for (var grouping : question.groupBy()) {
            var written = row.value(grouping.label());
            key.add(
                    switch (grouping) {
                        case Grouping.Values _, Grouping.Segment _ -> written;
                        case Grouping.Course(var interval) ->
                            number(
                                    row,
                                    grouping,
                                    answer.known(interval).list().stream()
                                            .map(Buckets.Bucket::key)
                                            .toList());
                        case Grouping.Rhythm _ ->
                            number(
                                    row,
                                    grouping,
                                    LongStream.range(0, 24).boxed().toList());
                    });
        }
        return key;
    }

    /** The number that the answer shows by this name. */
    private Long number(RowName row, Grouping grouping, List<Long> numbers) throws BadValue {
        var names = answer.names();
        Optional<Long> found = numbers.stream()
                .filter(number -> !(grouping == Grouping.Rhythm.WEEKDAY && number > 6))
                .filter(number -> String.valueOf(names.name(grouping, number)).equals(row.value(grouping.label())))
                .findFirst();
        if (found.isEmpty()) {
            throw PeopleChoice.noSuchRow(row, List.of());
        }
        return found.get();
    }

    private void mustExist(RowName row, List<Object> key) throws BadValue, QueryFailure {
        var keys = answer.groups().list().stream().map(MetricsQuery.Group::key).toList();
        if (keys.contains(key)) {
            return;
        }
        var names = answer.names();
        throw PeopleChoice.noSuchRow(row, keys.stream().map(names::rowName).toList());
    }
}
