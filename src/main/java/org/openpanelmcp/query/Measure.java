package org.openpanelmcp.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be counted: the vocabulary of {@code query_metrics}, defined here and nowhere else. */
public enum Measure {
    SESSIONS(Of.SESSIONS, Argument.NONE, Unit.COUNT, true, "sessions that started in the range"),
    VISITORS(
            Of.SESSIONS,
            Argument.NONE,
            Unit.COUNT,
            false,
            "distinct profile ids of these sessions (device ids while anonymous)"),
    PAGEVIEWS(Of.SESSIONS, Argument.NONE, Unit.COUNT, true, "page views of these sessions"),
    BOUNCE_RATE(
            Of.SESSIONS, Argument.NONE, Unit.PERCENT, false, "percent of these sessions with at most one page view"),
    AVG_SESSION_DURATION(Of.SESSIONS, Argument.NONE, Unit.SECONDS, false, "mean seconds of those longer than 0"),
    PAGES_PER_SESSION(Of.SESSIONS, Argument.NONE, Unit.RATIO, false, "page views per session"),
    REVENUE_PER_SESSION(
            Of.SESSIONS,
            Argument.NONE,
            Unit.MONEY,
            false,
            "whole revenue of these sessions per session, in the smallest currency unit"),
    REVENUE_PER_VISITOR(
            Of.SESSIONS,
            Argument.NONE,
            Unit.MONEY,
            false,
            "whole revenue of these sessions per visitor, in the smallest currency unit"),
    CONVERSION_RATE(
            Of.SESSIONS, Argument.EVENT, Unit.PERCENT, false, "percent of these sessions in which the event happened"),
    VISITOR_CONVERSION_RATE(
            Of.SESSIONS,
            Argument.EVENT,
            Unit.PERCENT,
            false,
            "percent of the visitors in whose sessions of these the event happened"),
    EVENTS(
            Of.EVENTS,
            Argument.OPTIONAL_EVENT,
            Unit.COUNT,
            true,
            "events in the range (of that name); session_start and session_end only when named"),
    PEOPLE(
            Of.EVENTS,
            Argument.OPTIONAL_EVENT,
            Unit.COUNT,
            false,
            "distinct profile ids of these events (device ids while anonymous)"),
    REVENUE(
            Of.EVENTS,
            Argument.NONE,
            Unit.MONEY,
            true,
            "sum of revenue events in the range, by their own time, in the smallest currency unit"),
    SUM(Of.EVENTS, Argument.PROPERTY, Unit.NUMBER, true, "sum of the property's numbers; other texts are left out"),
    AVG(Of.EVENTS, Argument.PROPERTY, Unit.NUMBER, false, "mean of the property's numbers; null of none"),
    MIN(Of.EVENTS, Argument.PROPERTY, Unit.NUMBER, false, "least of the property's numbers; null of none"),
    MAX(Of.EVENTS, Argument.PROPERTY, Unit.NUMBER, false, "greatest of the property's numbers; null of none"),
    MEDIAN(
            Of.EVENTS,
            Argument.PROPERTY,
            Unit.NUMBER,
            false,
            "interpolated median of the property's numbers; null of none"),
    P90(
            Of.EVENTS,
            Argument.PROPERTY,
            Unit.NUMBER,
            false,
            "interpolated 90th percentile of the property's numbers; null of none");

    /** Which rows are counted. */
    public enum Of {
        /** Sessions by the time at which they start. */
        SESSIONS,
        /** Events by their own time. */
        EVENTS
    }

    /** What stands in parentheses behind the name. */
    public enum Argument {
        NONE,
        EVENT,
        OPTIONAL_EVENT,
        PROPERTY
    }

    /** In what the figure is given. */
    public enum Unit {
        /** Whole number. */
        COUNT,
        /** Two digits. */
        PERCENT,
        /** Two digits. */
        SECONDS,
        /** Two digits. */
        RATIO,
        /** The smallest currency unit. */
        MONEY,
        /** As the property is, four digits. */
        NUMBER
    }

    private final Of of;
    private final Argument argument;
    private final Unit unit;
    private final boolean additive;
    private final String definition;

    Measure(Of of, Argument argument, Unit unit, boolean additive, String definition) {
        this.of = of;
        this.argument = argument;
        this.unit = unit;
        this.additive = additive;
        this.definition = definition;
    }

    public Of of() {
        return of;
    }

    public Argument argument() {
        return argument;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether the figures of parts of the time add up to that of the whole, so that a mean per day says something. */
    public boolean additive() {
        return additive;
    }

    /** What it counts, without a full stop. */
    public String definition() {
        return definition;
    }

    /** The name for callers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is written, such as {@code sum(properties.<key>)}. */
    public String form() {
        return switch (argument) {
            case NONE -> label();
            case EVENT -> label() + "(<event>)";
            case OPTIONAL_EVENT -> label() + " or " + label() + "(<event>)";
            case PROPERTY -> label() + "(properties.<key>)";
        };
    }

    static Optional<Measure> labelled(String label) {
        return Arrays.stream(values())
                .filter(measure -> measure.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Measure::label).toList();
    }

    static List<String> forms() {
        return Arrays.stream(values()).map(Measure::form).toList();
    }
}
