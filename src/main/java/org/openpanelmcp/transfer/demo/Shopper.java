package org.openpanelmcp.transfer.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.demo.World.Product;

/** Plays one visit: where it lands, what is looked at, and how far down the purchase it gets. */
final class Shopper {
    private static final String BROKEN_BROWSER = "Mobile Safari";
    private static final String BROKEN_VERSION = "26.1";
    private static final long LONGEST = 33 * 60_000L;

    private final RandomGenerator random;
    private final Visit visit;
    private final boolean member;
    private final boolean checkoutBroken;
    private final List<Product> cart = new ArrayList<>();
    private boolean signedUp;

    /**
     * @param member whether this person has an account
     * @param faultyRelease whether this is a day on which the checkout fails in one browser version
     */
    Shopper(RandomGenerator random, Visit visit, boolean member, boolean faultyRelease) {
        var equipment = visit.person().equipment();
        this.random = random;
        this.visit = visit;
        this.member = member;
        this.checkoutBroken = faultyRelease
                && equipment.browser().equals(BROKEN_BROWSER)
                && equipment.browserVersion().equals(BROKEN_VERSION);
    }

    /** @return whether the visitor signed up */
    boolean play() {
        land();
        if (member && !visit.isIdentified() && chance(0.6)) {
            pause(10, 40);
            visit.identify();
            visit.add("login", "/login", 0, Map.of("method", "email"));
        }
        if (chance(member ? 0.2 : bounceRate())) {
            return false;
        }
        do {
            pause(8, 95);
            look();
        } while (chance(0.74) && visit.end() - visit.start() < LONGEST);
        if (!cart.isEmpty() && chance(0.58) && visit.end() - visit.start() < LONGEST) {
            buy();
        }
        if (!member && !signedUp && chance(0.035)) {
            signUp();
        }
        return signedUp;
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
            visit.view("/collections/tents", "Tents");
            return;
        }
        var at = random.nextDouble();
        switch (visit.source().type()) {
            case "email", "ai" -> productOr(at < 0.7);
            case "search" -> {
                if (at < 0.3) {
                    visit.view("/", "Home");
                } else {
                    productOr(at < 0.65);
                }
            }
            default -> {
                if (at < 0.6) {
                    visit.view("/", "Home");
                } else {
                    productOr(at < 0.85);
                }
            }
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
            var category = any(World.CATEGORIES);
            visit.view("/collections/" + category, capital(category));
        } else if (what < 0.8) {
            viewPost();
        } else if (what < 0.88) {
            search();
        } else if (what < 0.94) {
            visit.view("/membership", "Membership");
            if (!member && !signedUp && chance(0.22)) {
                signUp();
            }
        } else if (what < 0.96) {
            visit.add("link_out", "/blog/" + any(World.POSTS), 0, Map.of("href", "https://trails.example.org/map"));
        } else if (what < 0.97) {
            visit.add(
                    "exception",
                    "/",
                    0,
                    Map.of("message", "NetworkError: image could not be loaded", "source", "/assets/gallery.js"));
        } else if (what < 0.985) {
            visit.add("newsletter_subscribe", "/", 0, Map.of("place", "footer"));
        } else {
            visit.view("/", "Home");
        }
    }

    private void viewProduct() {
        // The square makes the first products best-sellers.
        var place = random.nextDouble() * random.nextDouble();
        var product = World.PRODUCTS.get((int) (place * World.PRODUCTS.size()));
        visit.view("/product/" + product.slug(), product.title());
        if (chance(0.14)) {
            pause(5, 40);
            cart.add(product);
            visit.add("add_to_cart", "/product/" + product.slug(), 0, about(product));
        }
    }

    private void viewPost() {
        var post = any(World.POSTS);
        visit.view("/blog/" + post, capital(post.replace('-', ' ')));
    }

    private void search() {
        var category = any(World.CATEGORIES);
        visit.add("search", "/search", 0, Map.of("query", category, "results", Integer.toString(random.nextInt(1, 9))));
    }

    private void buy() {
        var value = cart.stream().mapToLong(Product::cents).sum();
        var order = Map.of("items", Integer.toString(cart.size()), "value", Long.toString(value));
        pause(6, 30);
        visit.view("/cart", "Cart");
        pause(6, 40);
        visit.view("/checkout", "Checkout");
        pause(1, 4);
        visit.add("checkout", "/checkout", 0, order);
        pause(20, 90);
        if (checkoutBroken && chance(0.93)) {
            failToPay();
            return;
        }
        if (chance(0.03)) {
            visit.add("checkout_failed", "/checkout", 0, Map.of("reason", "card_declined", "release", "4.1.3"));
            return;
        }
        if (!chance(0.78)) {
            return;
        }
        visit.view("/checkout/thanks", "Thank you");
        pause(1, 2);
        visit.add("purchase", "/checkout/thanks", 0, order);
        visit.pass(20);
        visit.add("revenue", "/checkout/thanks", value, Map.of("currency", "USD"));
        if (!member && !signedUp && chance(0.3)) {
            signUp();
        }
    }

    /** The fault of the bad release: people try again a few times, then leave. */
    private void failToPay() {
        do {
            visit.add(
                    "exception",
                    "/checkout",
                    0,
                    Map.of(
                            "message", "TypeError: paymentSheet.open is not a function",
                            "source", "/assets/checkout-4.2.0.js"));
            pause(1, 2);
            visit.add("checkout_failed", "/checkout", 0, Map.of("reason", "payment_script_error", "release", "4.2.0"));
            pause(4, 20);
        } while (chance(0.45));
    }

    private void signUp() {
        pause(10, 50);
        visit.view("/signup", "Sign up");
        pause(20, 80);
        visit.identify();
        signedUp = true;
        visit.add(
                "sign_up",
                "/signup",
                0,
                Map.of("plan", visit.person().plan(), "method", chance(0.6) ? "email" : "google"));
    }

    private static Map<String, String> about(Product product) {
        return Map.of(
                "product", product.slug(), "category", product.category(), "price", Long.toString(product.cents()));
    }

    private void pause(int fromSeconds, int toSeconds) {
        visit.pass(random.nextLong(fromSeconds * 1000L, toSeconds * 1000L));
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
