package org.openpanelmcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The estimate against a real tokenizer, on what answers are made of. */
class TokensTest {
    private static final Encoding REAL = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final String HEX = "0123456789abcdef";
    private static final String SMALL = "abcdefghijklmnopqrstuvwxyz";
    private static final String URL_SAFE = SMALL + SMALL.toUpperCase(java.util.Locale.ROOT) + "0123456789-_";
    private static final String SIGNS = "!#$%&()*+,-./:;<=>?@[]^_`{|}~";
    private static final String HAN = "購物車結帳商品頁面首頁搜尋結果感謝您的訂購漢字統計";

    /** Some text of JSON, and between which parts of its tokens the estimate may lie. */
    record Kind(String name, String text, double least, double most) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("events", rows(TokensTest::event), 0.95, 1.15),
                new Kind("pages", rows(TokensTest::page), 0.95, 1.15),
                new Kind("links", rows(TokensTest::link), 0.95, 1.15),
                new Kind("cells", rows(TokensTest::cells), 0.95, 1.15),
                new Kind("hexadecimal", rows(random -> quoted(random, 32, HEX)), 0.95, 1.15),
                new Kind("letters without sense", rows(random -> quoted(random, 40, SMALL)), 0.9, 1.3),
                new Kind("keys", rows(random -> quoted(random, 40, URL_SAFE)), 0.7, 1.3),
                new Kind("signs", rows(random -> quoted(random, 40, SIGNS)), 0.9, 1.3),
                new Kind("Han", rows(random -> quoted(random, 20, HAN)), 0.9, 1.5),
                new Kind("Russian", rows(random -> "\"Корзина покупок и оформление\""), 1, 3),
                new Kind("Arabic", rows(random -> "\"مرحبا بالعالم كيف حالك\""), 1, 3),
                new Kind("emoji", rows(random -> "\"😀🎉🚀🛒💡🔥🥐🦊\""), 0.9, 1.5));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theEstimateIsNear(Kind kind) {
        double real = REAL.countTokensOrdinary(kind.text());
        assertThat(Tokens.in(kind.text()) / real).as("of %s", real).isBetween(kind.least(), kind.most());
    }

    private static String rows(Function<Random, String> row) {
        var random = new Random(7);
        return IntStream.range(0, 200).mapToObj(i -> row.apply(random)).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(Random random, int length, String letters) {
        return "\"" + text(random, length, letters) + "\"";
    }

    private static String text(Random random, int length, String letters) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf(letters.charAt(random.nextInt(letters.length()))))
                .collect(Collectors.joining());
    }

    private static String event(Random random) {
        return "{\"id\":\"" + text(random, 8, HEX) + "-" + text(random, 4, HEX) + "\",\"name\":\"screen_view\","
                + "\"device_id\":\"" + text(random, 32, HEX) + "\",\"path\":\"/product/" + random.nextInt(900)
                + "\",\"origin\":\"https://shop.acme.test\",\"referrer_name\":\"Google\",\"revenue\":0,"
                + "\"created_at\":\"2026-11-20T07:13:52.27" + random.nextInt(10) + "Z\",\"country\":\"GB\","
                + "\"city\":\"London\",\"longitude\":-0.1276,\"os\":\"Mac OS\",\"browser\":\"Chrome\"}";
    }

    private static String page(Random random) {
        return "{\"origin\":\"https://shop.acme.test\",\"path\":\"/blog/how-to-measure-" + random.nextInt(300)
                + "/winter-overview\",\"sessions\":" + random.nextInt(9000) + ",\"bounce_rate\":"
                + random.nextInt(10_000) / 100.0 + ",\"seo_signals\":{\"high_bounce\":false}}";
    }

    private static String link(Random random) {
        return "{\"source\":\"/product/" + random.nextInt(300) + "::step3\",\"target\":\"(other)::step4\",\"value\":"
                + random.nextInt(5000) + "}";
    }

    private static String cells(Random random) {
        return Stream.generate(() -> List.of(random.nextInt(100), random.nextInt(100) / 100.0))
                .limit(40)
                .map(pair -> pair.get(0) + "," + pair.get(1))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
