package org.openpanelmcp.transfer.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.demo.ShopWorld.Product;
import org.openpanelmcp.transfer.demo.Standing.Stage;

/** Plays one visit to the shop: where it lands, what is looked at, and how far down the purchase it gets. */
final class Shopper {
    private static final String BROKEN_BROWSER = "Mobile Safari";
    private static final String BROKEN_VERSION = "26.1";
    private static final long LONGEST = 28 * 60_000L;
    private static final int MOST_ATTEMPTS = 5;

    private final RandomGenerator random;
    private final Visit visit;
    private final Standing before;
    private final int day;
    private final int mostOfOne;
    private final List<Item> cart = new ArrayList<>();
    private boolean signedUp;

    private record Item(Product product, int quantity) {
        long cents() {
            return product.cents() * quantity;
        }
    }

    Shopper(RandomGenerator random, Visit visit, Standing before, int day) {
        this.random = random;
        this.visit = visit;
        this.before = before;
        this.day = day;
        this.mostOfOne = visit.person().groups().isEmpty()
                ? 1
                : ShopCompanies.find(visit.person().groups().getFirst()).plan().mostOfOne();
    }

    /** @return where the visitor stands afterwards */
    Standing play() {
        land();
        var member = before.isMember();
        if (member && !visit.isIdentified() && chance(0.6)) {
            visit.pause(10, 40);
            visit.identify();
            visit.add("login", "/login", Map.of("method", chance(0.7) ? "email" : "google"));
        }
        if (!chance(member ? 0.2 : bounceRate())) {
            stay();
        }
        return signedUp ? new Standing(Stage.MEMBER, visit.end()) : before;
    }

    private void stay() {
        do {
            look();
        } while (chance(0.74) && visit.length() < LONGEST);
        if (!cart.isEmpty() && chance(mostOfOne > 1 ? 0.72 : 0.56) && visit.length() < LONGEST) {
            buy();
        }
        if (isStranger() && chance(0.035)) {
            signUp();
        }
    }

    private boolean isStranger() {
        return !before.isMember() && !signedUp;
    }

    private double bounceRate() {
        return switch (visit.source().type()) {
            case "email" -> 0.26;
            case "social" -> 0.52;
            case "ai" -> 0.3;
            default -> 0.41;
        };
    }

    private void land() {
        if (visit.source().utm().containsValue("autumn-sale")) {
            viewCategory("tents");
            return;
        }
        var at = random.nextDouble();
        switch (visit.source().type()) {
            case "email", "ai" -> productOr(at < 0.7);
            case "search" -> homeOr(at < 0.3, at < 0.65);
            default -> homeOr(at < 0.6, at < 0.85);
        }
    }

    private void homeOr(boolean home, boolean product) {
        if (home) {
            view("/", "Home", 20);
        } else {
            productOr(product);
        }
    }

    private void productOr(boolean product) {
        if (product) {
            viewProduct();
        } else {
            viewPost();
        }
    }

    private void look() {
        var what = random.nextDouble();
        if (what < 0.5) {
            viewProduct();
        } else if (what < 0.7) {
            viewCategory(any(ShopWorld.CATEGORIES));
        } else if (what < 0.8) {
            viewPost();
        } else if (what < 0.88) {
            search();
        } else if (what < 0.94) {
            view("/membership", "Membership", 40);
            if (isStranger() && chance(0.22)) {
                signUp();
            }
        } else {
            doSomethingElse(what);
        }
    }

    private void doSomethingElse(double what) {
        if (what < 0.96) {
            visit.add(
                    "link_out",
                    "/blog/" + any(ShopWorld.POSTS),
                    Map.of("href", "https://trails.example.org/map", "text", "Trail map"));
        } else if (what < 0.97) {
            visit.add(
                    "exception",
                    "/",
                    Map.of("message", "NetworkError: image could not be loaded", "source", "/assets/gallery.js"));
        } else if (what < 0.985) {
            visit.add("newsletter_subscribe", "/", Map.of("place", chance(0.7) ? "footer" : "popup"));
        } else {
            view("/", "Home", 15);
        }
        visit.pause(2, 10);
    }

    private void viewCategory(String category) {
        view("/collections/" + category, capital(category), 25);
    }

    private void viewProduct() {
        // The square makes the first products best-sellers.
        var place = random.nextDouble() * random.nextDouble();
        var product = ShopWorld.PRODUCTS.get((int) (place * ShopWorld.PRODUCTS.size()));
        var path = "/product/" + product.slug();
        view(path, product.title(), product.cents() > 10_000 ? 60 : 30);
        if (chance(ShopScenario.hasNewProductPages(day) ? 0.15 : 0.125)) {
            var item = new Item(product, random.nextInt(1, mostOfOne + 1));
            cart.add(item);
            visit.add("add_to_cart", path, about(item));
            visit.pause(3, 20);
        }
    }

    private void viewPost() {
        var post = any(ShopWorld.POSTS);
        view("/blog/" + post, capital(post.replace('-', ' ')), 110);
    }

    private void search() {
        visit.add(
                "search",
                "/search",
                Map.of("query", any(ShopWorld.CATEGORIES), "results", Integer.toString(random.nextInt(0, 9))));
        visit.pause(4, 15);
    }

    private void buy() {
        var value = cart.stream().mapToLong(Item::cents).sum();
        var pieces = cart.stream().mapToInt(Item::quantity).sum();
        view("/cart", "Cart", 18);
        view("/checkout", "Checkout", 4);
        var order = Map.of("items", Integer.toString(pieces), "value", Long.toString(value));
        visit.add("checkout", "/checkout", order);
        visit.look(50);
        if (isCheckoutBroken() && chance(0.93)) {
            failToPay();
            return;
        }
        if (chance(0.03)) {
            visit.add(
                    "checkout_failed",
                    "/checkout",
                    Map.of("reason", "card_declined", "release", ShopScenario.release(day)));
            return;
        }
        if (chance(0.78)) {
            pay(order, value);
        }
    }

    private void pay(Map<String, String> order, long value) {
        visit.view("/checkout/thanks", title("Thank you"));
        visit.pause(1, 2);
        visit.add(
                "purchase",
                "/checkout/thanks",
                Map.of(
                        "items", order.get("items"),
                        "value", order.get("value"),
                        "payment", any(ShopWorld.PAYMENTS),
                        "shipping", chance(0.8) ? "standard" : "express",
                        "category", cart.getFirst().product().category()));
        visit.pass(20);
        visit.add("revenue", "/checkout/thanks", value, Map.of("currency", "USD"));
        if (isStranger() && chance(0.3)) {
            signUp();
        }
    }

    /** In the days of the bad release, in one browser version. */
    private boolean isCheckoutBroken() {
        var equipment = visit.person().equipment();
        return ShopScenario.hasFaultyRelease(day)
                && equipment.browser().equals(BROKEN_BROWSER)
                && equipment.browserVersion().equals(BROKEN_VERSION);
    }

    /** People try again a few times, then leave. */
    private void failToPay() {
        int attempts = 0;
        do {
            visit.add(
                    "exception",
                    "/checkout",
                    Map.of(
                            "message", "TypeError: paymentSheet.open is not a function",
                            "source", "/assets/checkout-4.2.0.js"));
            visit.pause(1, 2);
            visit.add("checkout_failed", "/checkout", Map.of("reason", "payment_script_error", "release", "4.2.0"));
            visit.pause(4, 20);
            attempts++;
        } while (attempts < MOST_ATTEMPTS && chance(0.45));
    }

    private void signUp() {
        visit.pause(10, 50);
        visit.view("/signup", title("Sign up"));
        visit.pause(20, 80);
        visit.identify();
        signedUp = true;
        visit.add(
                "sign_up",
                "/signup",
                Map.of("plan", visit.person().plan(), "method", chance(0.6) ? "email" : "google"));
    }

    private void view(String path, String title, int usualSeconds) {
        visit.view(path, title(title));
        visit.look(usualSeconds);
    }

    private static String title(String page) {
        return page + " - Demo Shop";
    }

    private static Map<String, String> about(Item item) {
        return Map.of(
                "product", item.product().slug(),
                "category", item.product().category(),
                "price", Long.toString(item.product().cents()),
                "quantity", Integer.toString(item.quantity()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
