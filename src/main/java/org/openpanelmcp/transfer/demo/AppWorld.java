package org.openpanelmcp.transfer.demo;

import static org.openpanelmcp.transfer.demo.Weighted.choice;

import java.util.List;

/** Everything the invented app's users can be and look at. All names are made up. */
final class AppWorld {
    /** @param ascent in metres */
    record Trail(String id, String difficulty, int kilometres, int ascent) {}

    /**
     * A version of the app.
     *
     * @param day on which the stores offered it
     */
    record Release(int day, String version, String build) {}

    static final Weighted<Equipment> EQUIPMENT = Weighted.of(List.of(
            choice(16, Equipment.withoutBrowser("iOS", "26.1", "mobile", "Apple", "iPhone 17")),
            choice(15, Equipment.withoutBrowser("iOS", "26.1", "mobile", "Apple", "iPhone 16 Pro")),
            choice(12, Equipment.withoutBrowser("iOS", "26.0", "mobile", "Apple", "iPhone 15")),
            choice(7, Equipment.withoutBrowser("iOS", "18.6", "mobile", "Apple", "iPhone 13")),
            choice(4, Equipment.withoutBrowser("iOS", "26.1", "tablet", "Apple", "iPad Air")),
            choice(9, Equipment.withoutBrowser("Android", "16", "mobile", "Samsung", "SM-S938B")),
            choice(8, Equipment.withoutBrowser("Android", "15", "mobile", "Samsung", "SM-A556B")),
            choice(8, Equipment.withoutBrowser("Android", "16", "mobile", "Google", "Pixel 9")),
            choice(5, Equipment.withoutBrowser("Android", "16", "mobile", "Google", "Pixel 8")),
            choice(5, Equipment.withoutBrowser("Android", "15", "mobile", "Xiaomi", "2311DRK48G")),
            choice(4, Equipment.withoutBrowser("Android", "15", "mobile", "OnePlus", "CPH2581")),
            choice(4, Equipment.withoutBrowser("Android", "14", "mobile", "Motorola", "motorola edge 50")),
            choice(3, Equipment.withoutBrowser("Android", "14", "tablet", "Samsung", "SM-X710"))));

    static final Weighted<Place> PLACES = Weighted.of(List.of(
            choice(18, new Place("US", "New York", "New York", -74.006f, 40.7128f)),
            choice(13, new Place("US", "Colorado", "Denver", -104.9903f, 39.7392f)),
            choice(11, new Place("US", "Oregon", "Portland", -122.6765f, 45.5231f)),
            choice(9, new Place("US", "Washington", "Seattle", -122.3321f, 47.6062f)),
            choice(8, new Place("US", "Massachusetts", "Boston", -71.0589f, 42.3601f)),
            choice(7, new Place("US", "Utah", "Salt Lake City", -111.891f, 40.7608f)),
            choice(9, new Place("CA", "British Columbia", "Vancouver", -123.1207f, 49.2827f)),
            choice(8, new Place("CA", "Ontario", "Toronto", -79.3832f, 43.6532f)),
            choice(6, new Place("GB", "England", "London", -0.1276f, 51.5072f)),
            choice(5, new Place("NO", "Oslo", "Oslo", 10.7522f, 59.9139f)),
            choice(4, new Place("NZ", "Otago", "Queenstown", 168.6626f, -45.0312f)),
            choice(2, Place.UNKNOWN)));

    static final List<Trail> TRAILS = List.of(
            new Trail("mirror-lake", "easy", 5, 90),
            new Trail("fern-valley", "easy", 7, 160),
            new Trail("old-mill-loop", "easy", 4, 40),
            new Trail("granite-ridge", "moderate", 12, 640),
            new Trail("twin-falls", "moderate", 10, 420),
            new Trail("pine-traverse", "moderate", 15, 700),
            new Trail("eagle-stairs", "hard", 18, 1_450),
            new Trail("north-summit", "hard", 22, 1_720));

    static final List<String> ONBOARDING = List.of("goals", "region", "notifications");
    static final List<Release> RELEASES = List.of(
            new Release(-60, "3.3.2", "331"),
            new Release(20, "3.4.0", "340"),
            new Release(60, "3.5.0", "350"),
            new Release(66, "3.5.1", "351"));
    static final List<String> LEAVING = List.of("too_expensive", "not_using_it", "missing_maps", "other_app");

    /** What people choose to pay, once they do. */
    static final Weighted<String> PLANS = Weighted.of(List.of(choice(70, "monthly"), choice(30, "yearly")));

    static final Weighted<String> INSTALLS = Weighted.of(List.of(
            choice(46, "store_search"),
            choice(22, "friend_invite"),
            choice(14, "website"),
            choice(10, "store_feature"),
            choice(8, "ai_assistant")));

    private AppWorld() {}
}
