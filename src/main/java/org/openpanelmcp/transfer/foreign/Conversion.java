package org.openpanelmcp.transfer.foreign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a converter found out while it filled the scratch database. */
final class Conversion {
    final Refusals refusals = new Refusals();
    final List<String> notes = new ArrayList<>();
    final SortedMap<LocalDate, Totals> old = new TreeMap<>();
    final Map<LocalDate, List<String>> reasons = new TreeMap<>();
    long read;
    long repeated;

    void reason(LocalDate day, String reason) {
        reasons.computeIfAbsent(day, missing -> new ArrayList<>()).add(reason);
    }
}
