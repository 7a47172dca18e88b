package org.openpanelmcp.transfer.demo;

import static org.openpanelmcp.transfer.demo.Weighted.choice;

import java.util.List;

/** Everything the invented shop's visitors can be, come from and look at. All names are made up. */
final class ShopWorld {
    static final String ORIGIN = "https://shop.example.com";

    /** @param cents price in the smallest unit */
    record Product(String slug, String title, String category, long cents) {}

    private static final String SALE = "autumn-sale";
    private static final Source GOOGLE = Source.from("https://www.google.com", "Google", "search");
    private static final Source FACEBOOK = Source.from("https://www.facebook.com", "Facebook", "social");
    private static final Source NEWSLETTER = Source.from("https://mail.google.com", "newsletter", "email");

    static final Weighted<Equipment> EQUIPMENT = Weighted.of(List.of(
            choice(25, new Equipment("Windows", "11", "Chrome", "142.0", "desktop", "", "")),
            choice(8, new Equipment("Windows", "10", "Chrome", "141.0", "desktop", "", "")),
            choice(6, new Equipment("Windows", "11", "Edge", "142.0", "desktop", "", "")),
            choice(4, new Equipment("Windows", "11", "Firefox", "144.0", "desktop", "", "")),
            choice(2, new Equipment("Linux", "", "Firefox", "144.0", "desktop", "", "")),
            choice(9, new Equipment("Mac OS", "15.6", "Chrome", "142.0", "desktop", "Apple", "Macintosh")),
            choice(7, new Equipment("Mac OS", "26.1", "Safari", "26.1", "desktop", "Apple", "Macintosh")),
            choice(28, new Equipment("iOS", "26.1", "Mobile Safari", "26.1", "mobile", "Apple", "iPhone")),
            choice(5, new Equipment("iOS", "18.6", "Mobile Safari", "18.6", "mobile", "Apple", "iPhone")),
            choice(4, new Equipment("iOS", "26.1", "Mobile Safari", "26.1", "tablet", "Apple", "iPad")),
            choice(5, new Equipment("Android", "16", "Mobile Chrome", "142.0", "mobile", "Samsung", "SM-S921B")),
            choice(3, new Equipment("Android", "15", "Samsung Internet", "28.0", "mobile", "Samsung", "SM-A556B")),
            choice(2, new Equipment("Android", "16", "Mobile Chrome", "142.0", "mobile", "Google", "Pixel 9")),
            choice(2, new Equipment("Android", "15", "Mobile Chrome", "141.0", "mobile", "Google", "Pixel 8")),
            choice(2, new Equipment("Android", "15", "Mobile Chrome", "141.0", "mobile", "Xiaomi", "2311DRK48G")),
            choice(1, new Equipment("Android", "14", "Mobile Chrome", "140.0", "mobile", "OnePlus", "CPH2581")),
            choice(1, new Equipment("Android", "14", "Chrome", "141.0", "tablet", "Samsung", "SM-X710"))));

    static final Weighted<Place> PLACES = Weighted.of(List.of(
            choice(14, new Place("SE", "Stockholm County", "Stockholm", 18.0686f, 59.3293f)),
            choice(6, new Place("SE", "Vastra Gotaland", "Gothenburg", 11.9746f, 57.7089f)),
            choice(16, new Place("US", "New York", "New York", -74.006f, 40.7128f)),
            choice(9, new Place("US", "California", "San Francisco", -122.4194f, 37.7749f)),
            choice(5, new Place("US", "Texas", "Austin", -97.7431f, 30.2672f)),
            choice(12, new Place("GB", "England", "London", -0.1276f, 51.5072f)),
            choice(11, new Place("DE", "Berlin", "Berlin", 13.405f, 52.52f)),
            choice(5, new Place("FR", "Ile-de-France", "Paris", 2.3522f, 48.8566f)),
            choice(4, new Place("NO", "Oslo", "Oslo", 10.7522f, 59.9139f)),
            choice(4, new Place("NL", "North Holland", "Amsterdam", 4.9041f, 52.3676f)),
            choice(5, new Place("CA", "Ontario", "Toronto", -79.3832f, 43.6532f)),
            choice(4, new Place("IN", "Karnataka", "Bengaluru", 77.5946f, 12.9716f)),
            choice(3, new Place("BR", "Sao Paulo", "Sao Paulo", -46.6333f, -23.5505f)),
            choice(2, Place.UNKNOWN)));

    static final Weighted<Source> CAMPAIGN = Weighted.of(List.of(
            choice(24, GOOGLE.tagged("google", "cpc", SALE, "light tent", "text-tents")),
            choice(18, GOOGLE.tagged("google", "cpc", SALE, "sleeping bag", "text-sleep")),
            choice(14, GOOGLE.tagged("google", "cpc", SALE, "camping gear", "text-general")),
            choice(14, GOOGLE.tagged("google", "display", SALE, "", "banner-a")),
            choice(18, FACEBOOK.tagged("facebook", "paid-social", SALE, "", "video-tent")),
            choice(12, FACEBOOK.tagged("facebook", "paid-social", SALE, "", "carousel"))));

    static final Weighted<Source> SOURCES = Weighted.of(List.of(
            choice(33, Source.DIRECT),
            choice(30, GOOGLE),
            choice(4, Source.from("https://www.bing.com", "Bing", "search")),
            choice(3, Source.from("https://duckduckgo.com", "DuckDuckGo", "search")),
            choice(4, Source.from("https://www.linkedin.com", "LinkedIn", "social")),
            choice(3, Source.from("https://www.reddit.com/r/camping", "Reddit", "social")),
            choice(4, Source.from("https://www.instagram.com", "Instagram", "social")),
            choice(2, Source.from("https://www.youtube.com", "YouTube", "social")),
            choice(4, NEWSLETTER.tagged("newsletter", "email", "weekly", "", "header")),
            choice(3, NEWSLETTER.tagged("newsletter", "email", "weekly", "", "product-of-the-week")),
            choice(3, Source.from("https://blog.example.org/best-tents", "https://blog.example.org/best-tents", ""))));

    /** Rising fast, so that the order of the assistants changes within the 90 days. */
    static final Weighted<Source> YOUNG_ASSISTANTS = Weighted.of(List.of(
            choice(3, Source.from("https://claude.ai", "Claude", "ai")),
            choice(2, Source.from("https://copilot.microsoft.com", "Microsoft Copilot", "ai")),
            choice(1, Source.from("https://grok.com", "Grok", "ai"))));

    static final Weighted<Source> ASSISTANTS = Weighted.of(List.of(
            choice(6, Source.from("https://chatgpt.com", "ChatGPT", "ai").tagged("chatgpt.com")),
            choice(2, Source.from("https://www.perplexity.ai", "Perplexity", "ai")),
            choice(1, Source.from("https://gemini.google.com", "Google Gemini", "ai"))));

    static final List<Product> PRODUCTS = List.of(
            new Product("ridge-tent", "Ridge Tent", "tents", 24_900),
            new Product("dune-tent", "Dune Tent", "tents", 18_900),
            new Product("lake-hammock", "Lake Hammock", "tents", 6_900),
            new Product("fjord-sleeping-bag", "Fjord Sleeping Bag", "sleep", 15_900),
            new Product("moss-mat", "Moss Mat", "sleep", 5_400),
            new Product("cloud-pillow", "Cloud Pillow", "sleep", 2_900),
            new Product("ember-stove", "Ember Stove", "kitchen", 8_900),
            new Product("tin-mug", "Tin Mug", "kitchen", 1_400),
            new Product("birch-cutlery", "Birch Cutlery", "kitchen", 1_900),
            new Product("trail-lamp", "Trail Lamp", "light", 3_900),
            new Product("fern-lantern", "Fern Lantern", "light", 4_900),
            new Product("north-pack-40", "North Pack 40", "packs", 12_900),
            new Product("north-pack-60", "North Pack 60", "packs", 16_900),
            new Product("rain-cover", "Rain Cover", "packs", 2_400),
            new Product("heath-jacket", "Heath Jacket", "clothes", 19_900),
            new Product("wool-socks", "Wool Socks", "clothes", 1_800));

    static final List<String> CATEGORIES = List.of("tents", "sleep", "kitchen", "light", "packs", "clothes");
    static final List<String> PAYMENTS = List.of("card", "card", "card", "paypal", "apple_pay", "invoice");
    static final List<String> POSTS =
            List.of("first-night-outside", "how-to-pack-light", "stoves-compared", "sleeping-warm", "autumn-trails");
    static final Weighted<String> PLANS =
            Weighted.of(List.of(choice(68, "free"), choice(24, "pro"), choice(8, "business")));

    private ShopWorld() {}
}
