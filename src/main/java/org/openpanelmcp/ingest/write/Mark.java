package org.openpanelmcp.ingest.write;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text that the earliest, or the latest, event with one gives. */
final class Mark {
    private static final String NONE = "-";

    private final boolean earliest;
    private @Nullable Moment moment;
    private String text;

    private Mark(boolean earliest, @Nullable Moment moment, String text) {
        this.earliest = earliest;
        this.moment = moment;
        this.text = text;
    }

    static Mark earliest(@Nullable Moment moment, String text) {
        return new Mark(true, moment, text);
    }

    static Mark latest(@Nullable Moment moment, String text) {
        return new Mark(false, moment, text);
    }

    String text() {
        return text;
    }

    boolean isSet() {
        return moment != null;
    }

    /** Whether an event at this place would be the one that counts. */
    boolean takes(Moment candidate) {
        var current = moment;
        if (current == null) {
            return true;
        }
        return earliest ? candidate.compareTo(current) < 0 : candidate.compareTo(current) > 0;
    }

    /** @return whether the event is the one that counts now */
    boolean offer(Moment candidate, String value) {
        if (value.isEmpty() || !takes(candidate)) {
            return false;
        }
        moment = candidate;
        text = value;
        return true;
    }

    /** Which events count, for {@link #read}. */
    static String write(List<Mark> marks) {
        var parts = new ArrayList<String>();
        for (var mark : marks) {
            var moment = mark.moment;
            parts.add(moment == null ? NONE : moment.at() + ":" + moment.id());
        }
        return String.join(" ", parts);
    }

    /** What {@link #write} made. */
    static List<@Nullable Moment> read(String text) {
        var moments = new ArrayList<@Nullable Moment>();
        for (var part : text.split(" ", -1)) {
            var colon = part.indexOf(':');
            moments.add(
                    part.equals(NONE)
                            ? null
                            : new Moment(Long.parseLong(part.substring(0, colon)), part.substring(colon + 1)));
        }
        return moments;
    }
}
