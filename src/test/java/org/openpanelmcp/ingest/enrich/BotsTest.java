package org.openpanelmcp.ingest.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotsTest {
    private static final Bots BOTS = new Bots();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot | Search bot
            Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot) | GPTBot | AI Data Scraper
            Mozilla/5.0 (compatible; Claude-User/1.0; +Claude-User@anthropic.com) | Claude-User | AI Assistant
            facebookexternalhit/1.1 | Facebook | Social Media Agent
            Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/) | UptimeRobot | Site Monitor
            Mozilla/5.0 (compatible; SomethingNewBot/1.0) | somethingnewbot | Unknown
            my-crawler | my-crawler | Unknown
            """)
    void botsAreNamed(String userAgent, String name, String type) {
        assertThat(BOTS.find(userAgent)).hasValue(new Bots.Bot(name, type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36",
                "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Mobile Safari/537.36",
                "node",
                "Node.js/22",
                "curl/8.5.0",
                ""
            })
    void peopleAndPlainProgramsAreNot(String userAgent) {
        assertThat(BOTS.find(userAgent)).isEmpty();
    }
}
