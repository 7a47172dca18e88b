package org.openpanelmcp.transfer.demo;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.demo.Timeline.Moment;

/** What distinguishes one invented project from another: who comes, when and from where, and what they do there. */
interface Scenario {
    About about();

    List<Group> groups();

    List<Reference> references();

    /** How many visits an hour gets, compared with other hours. */
    double weight(Moment moment);

    /** Always the same one for the same number. */
    Person person(int number);

    /** What a profile says of somebody beside place and device. */
    Map<String, String> traits(Person person, Standing standing);

    Source source(RandomGenerator random, int day);

    /** What every event of a visit carries. */
    Map<String, String> globals(Person person, int day);

    /** How often somebody with an account is known from the first event on. */
    double staysLoggedIn();

    /** How often a visit is somebody's first. */
    double newcomers();

    /** Fills a visit with events and says where the person stands afterwards. */
    Standing play(RandomGenerator random, Visit visit, Standing before, int day);

    /**
     * The project itself.
     *
     * @param origin of its pages; empty for an app, whose paths are names of screens
     * @param zone in which its days begin
     */
    record About(
            String projectId,
            String name,
            String type,
            String origin,
            ZoneId zone,
            String sdkName,
            String sdkVersion) {}
}
