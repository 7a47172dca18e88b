package org.openpanelmcp.transfer.foreign;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What Plausible exports of one day. */
record PlausibleDay(LocalDate date, Group total, Map<PlausibleTable, List<Group>> groups) {

    /**
     * Figures of one combination of labels.
     *
     * @param visits or entrances, exits, events
     */
    record Group(List<String> labels, long visitors, long visits, long views, long bounces, long seconds) {
        Group {
            labels = List.copyOf(labels);
        }
    }

    PlausibleDay {
        groups = new EnumMap<>(groups);
    }

    List<Group> of(PlausibleTable table) {
        return groups.getOrDefault(table, List.of());
    }

    Totals totals() {
        return new Totals(total.visitors(), total.visits(), total.views(), total.bounces(), total.seconds() * 1000);
    }
}
