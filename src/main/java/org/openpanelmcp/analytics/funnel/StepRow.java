package org.openpanelmcp.analytics.funnel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Change;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.tool.Doc;

/** One step of a funnel as it is answered. */
public record StepRow(
        int step,
        String eventName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String label,
        @Doc("Sessions or people that reached the step") long users,
        @Doc("Percent of step 1") double conversionRateFromStart,

        @Doc("Percent of the step before; null on step 1") @Nullable
        Double conversionRateFromPrevious,

        @Doc("How many do not reach the next step; null on the last") @Nullable
        Long dropoff,

        @Doc("The same in percent of this step; null on the last") @Nullable
        Double dropoffPercent,

        @Doc("The first step with the largest dropoff") boolean isHighestDropoff,

        @Doc("Seconds from the entry event; null on step 1 and where nobody came") @Nullable
        Seconds timeFromStart,

        @Doc("Seconds from the step before") @Nullable Seconds timeFromPrevious,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Earlier previous,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Changes change) {

    /** How long half of them take at most, and how long nine of ten. */
    public record Seconds(double median, double p90) {
        static @Nullable Seconds of(FunnelQuery.Times times) {
            return times.median().isEmpty() || times.p90().isEmpty()
                    ? null
                    : new Seconds(seconds(times.median()), seconds(times.p90()));
        }

        /** Between two milliseconds the engine gives a fraction that is not exact; it must not decide the rounding. */
        private static double seconds(OptionalDouble millis) {
            return Rounding.round(Rounding.round(millis.getAsDouble(), 3) / 1000, 2);
        }
    }

    /** The step in the period that is compared with. */
    public record Earlier(long users, double conversionRateFromStart) {}

    /** (now - previous) / previous; null when there was nothing before. */
    public record Changes(@Nullable Double users, @Nullable Double conversionRateFromStart) {}

    /** @param before the same steps in the other period, if that was asked for */
    static List<StepRow> rows(
            Funnel funnel, List<FunnelQuery.Reached> reached, @Nullable List<FunnelQuery.Reached> before) {
        var rows = new ArrayList<StepRow>();
        int worst = worst(reached);
        for (int i = 0; i < reached.size(); i++) {
            var now = reached.get(i);
            var step = funnel.steps().get(i);
            var earlier = before == null ? null : earlier(before, i);
            double rate = fromStart(reached, i);
            boolean last = i == reached.size() - 1;
            rows.add(new StepRow(
                    i + 1,
                    step.name(),
                    step.label(),
                    now.users(),
                    rate,
                    i == 0
                            ? null
                            : Rounding.percent(now.users(), reached.get(i - 1).users()),
                    last ? null : lost(reached, i),
                    last ? null : Rounding.percent(lost(reached, i), now.users()),
                    i == worst,
                    Seconds.of(now.fromStart()),
                    Seconds.of(now.fromPrevious()),
                    earlier,
                    earlier == null ? null : changes(now.users(), rate, earlier)));
        }
        return rows;
    }

    private static Earlier earlier(List<FunnelQuery.Reached> before, int step) {
        return new Earlier(before.get(step).users(), fromStart(before, step));
    }

    private static Changes changes(long users, double rate, Earlier earlier) {
        return new Changes(Change.of(users, earlier.users()), Change.of(rate, earlier.conversionRateFromStart()));
    }

    static double fromStart(List<FunnelQuery.Reached> reached, int step) {
        return Rounding.percent(reached.get(step).users(), reached.getFirst().users());
    }

    private static long lost(List<FunnelQuery.Reached> reached, int step) {
        return reached.get(step).users() - reached.get(step + 1).users();
    }

    /** The first step with the largest loss; -1 when nobody is lost. */
    private static int worst(List<FunnelQuery.Reached> reached) {
        int worst = -1;
        long most = 0;
        for (int i = 0; i < reached.size() - 1; i++) {
            if (lost(reached, i) > most) {
                most = lost(reached, i);
                worst = i;
            }
        }
        return worst;
    }
}
