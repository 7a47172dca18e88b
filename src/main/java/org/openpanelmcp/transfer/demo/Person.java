package org.openpanelmcp.transfer.demo;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.openpanelmcp.transfer.demo.World.Equipment;
import org.openpanelmcp.transfer.demo.World.Place;

/**
 * An invented visitor, always the same for the same seed and number.
 *
 * @param plan the plan this person chooses when signing up
 * @param groups company and team, empty for most
 */
record Person(
        String deviceId,
        String userId,
        String firstName,
        String lastName,
        Place place,
        Equipment equipment,
        String plan,
        List<String> groups) {
    static final int COMPANIES = World.COMPANY_NAMES.size();
    static final int TEAMS = 2;

    static Person of(long seed, int number) {
        var random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L);
        var hex = HexFormat.of();
        var deviceId = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
        var plan = World.PLANS.pick(random);
        var inCompany = random.nextDouble() < (plan.equals("free") ? 0.15 : 0.6);
        var company = random.nextInt(COMPANIES);
        var team = random.nextInt(TEAMS);
        return new Person(
                deviceId,
                "user_%06d".formatted(number),
                World.FIRST_NAMES.get(random.nextInt(World.FIRST_NAMES.size())),
                World.LAST_NAMES.get(random.nextInt(World.LAST_NAMES.size())),
                World.PLACES.pick(random),
                World.EQUIPMENT.pick(random),
                plan,
                inCompany ? List.of(companyId(company), teamId(company, team)) : List.of());
    }

    static String companyId(int company) {
        return World.COMPANY_NAMES.get(company).toLowerCase(Locale.ROOT);
    }

    static String teamId(int company, int team) {
        return companyId(company) + (team == 0 ? "-purchasing" : "-field");
    }

    String email() {
        return (firstName + "." + lastName).toLowerCase(Locale.ROOT) + "." + userId.substring(5) + "@example.com";
    }
}
