package org.openpanelmcp.transfer.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.demo.World.Source;

/** How busy the shop is and where visitors come from, day by day: growth, weekdays, hours, one campaign, one bad release. */
final class Rhythm {
    static final int DAYS = 90;
    static final int CAMPAIGN_FIRST = 48;
    static final int CAMPAIGN_LAST = 61;
    static final int FAULT_FIRST = 69;
    static final int FAULT_LAST = 71;

    private static final double[] HOURS = {
        0.5, 0.35, 0.3, 0.25, 0.3, 0.45, 0.8, 1.2, 1.5, 1.6, 1.55, 1.5, 1.6, 1.55, 1.5, 1.5, 1.55, 1.6, 1.7, 1.8, 1.75,
        1.5, 1.1, 0.8
    };

    private final LocalDate first;

    Rhythm(LocalDate first) {
        this.first = first;
    }

    /** How many visits an hour gets, compared with other hours. */
    double weight(int day, int hour) {
        return HOURS[hour]
                * weekday(first.plusDays(day).getDayOfWeek())
                * (0.75 + 0.5 * day / DAYS)
                * (inCampaign(day) ? 1.32 : 1);
    }

    /** The weights of the first hours together. */
    double total(int hours) {
        double total = 0;
        for (int hour = 0; hour < hours; hour++) {
            total += weight(hour / HOURS.length, hour % HOURS.length);
        }
        return total;
    }

    static boolean inCampaign(int day) {
        return day >= CAMPAIGN_FIRST && day <= CAMPAIGN_LAST;
    }

    static boolean hasFaultyRelease(int day) {
        return day >= FAULT_FIRST && day <= FAULT_LAST;
    }

    /** AI assistants send three times as many visitors at the end as at the beginning. */
    static Source source(RandomGenerator random, int day) {
        if (inCampaign(day) && random.nextDouble() < 0.25) {
            return random.nextDouble() < 0.7 ? World.CAMPAIGN : World.SOCIAL_CAMPAIGN;
        }
        return random.nextDouble() < 0.04 + 0.08 * day / DAYS
                ? World.ASSISTANTS.pick(random)
                : World.SOURCES.pick(random);
    }

    private static double weekday(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> 1.05;
            case TUESDAY -> 1.1;
            case WEDNESDAY -> 1.06;
            case THURSDAY -> 1.04;
            case FRIDAY -> 0.98;
            case SATURDAY -> 0.8;
            case SUNDAY -> 0.88;
        };
    }
}
