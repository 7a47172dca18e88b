package org.openpanelmcp.transfer.demo;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * An invented visitor.
 *
 * @param plan the plan this person chooses when signing up
 * @param groups companies, teams and clubs, empty for most
 * @param loyalty how likely this person is to come back, 0 to 1
 */
record Person(
        String deviceId,
        String userId,
        String firstName,
        String lastName,
        Place place,
        Equipment equipment,
        String plan,
        List<String> groups,
        double loyalty) {
    private static final List<String> FIRST_NAMES = List.of(
            "Alva", "Bo", "Carin", "Dan", "Elin", "Finn", "Greta", "Hugo", "Ines", "Jon", "Kaja", "Liv", "Max", "Nora",
            "Otto", "Pia", "Rune", "Siri", "Tove", "Ulf");
    private static final List<String> LAST_NAMES = List.of(
            "Ash", "Birch", "Cliff", "Dale", "Field", "Grove", "Heath", "Isle", "Lake", "Marsh", "Oak", "Pine", "Reed",
            "Stone", "Thorn", "Vale", "Wood");

    /** The chance that decides everything about one person. */
    static SplittableRandom chance(long seed, int number) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L);
    }

    static String deviceId(RandomGenerator random) {
        var hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    static String userId(String prefix, int number) {
        var digits = Integer.toString(number);
        return prefix + "_" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
    }

    static String firstName(RandomGenerator random) {
        return FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size()));
    }

    static String lastName(RandomGenerator random) {
        return LAST_NAMES.get(random.nextInt(LAST_NAMES.size()));
    }

    String email() {
        return (firstName + "." + lastName + "." + userId.substring(userId.indexOf('_') + 1)).toLowerCase(Locale.ROOT)
                + "@example.com";
    }
}
