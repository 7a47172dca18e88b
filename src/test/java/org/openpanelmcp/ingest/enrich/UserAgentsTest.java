package org.openpanelmcp.ingest.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.ingest.Entry;

class UserAgentsTest {
    private static final UserAgents AGENTS = new UserAgents();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1 | iOS | 16.5 | Mobile Safari | 16.5 | mobile | Apple | iPhone
            Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1 | iOS | 16.5 | Mobile Safari | 16.5 | tablet | Apple | iPad
            Mozilla/5.0 (iPad; iPadOS 18_0; like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/18.0 | iOS | 18.0 | WebKit | 605.1.15 | tablet | Apple | iPad
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.124 Safari/537.36 | Windows | 10 | Chrome | 91.0.4472.124 | desktop | '' | ''
            App/1.0 (Android 12; Model=POCO X5; Manufacturer=Xiaomi) | Android | 12 | '' | '' | mobile | Xiaomi | POCO X5
            App/1.0 (Android 14; Model=Pixel 8 Pro) | Android | 14 | '' | '' | mobile | Google | Pixel 8 Pro
            Mozilla/5.0 (Linux; Android 13; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36 | Android | 13 | Chrome | 112.0.0.0 | mobile | Samsung | SM-G991B
            Mozilla/5.0 (Linux; Android 12; SM-T870) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Safari/537.36 | Android | 12 | Chrome | 112.0.0.0 | tablet | Samsung | SM-T870
            Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36 | Android | 10 | Chrome | 124.0.0.0 | mobile | '' | ''
            Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15 | Mac OS | 10.15.7 | Safari | 17.4 | desktop | Apple | Macintosh
            Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0 | Linux | '' | Firefox | 125.0 | desktop | '' | ''
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.2478.51 | Windows | 10 | Edge | 124.0.2478.51 | desktop | '' | ''
            """)
    void theTableOfTheSpecification(
            String text,
            String os,
            String osVersion,
            String browser,
            String version,
            String device,
            String brand,
            String model) {
        assertThat(AGENTS.parse(text))
                .isEqualTo(new UserAgents.Parsed(
                        new Entry.Agent(os, osVersion, browser, version, device, brand, model), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Go-http-client/1.0",
                "node-fetch/1.0",
                "node",
                "curl/8.5.0",
                "python-requests/2.31.0",
                "",
                " ",
                "Java-http-client/25"
            })
    void programsAreServers(String text) {
        assertThat(AGENTS.parse(text))
                .isEqualTo(new UserAgents.Parsed(new Entry.Agent("", "", "", "", "server", "", ""), true));
    }

    @Test
    void anEndlessUserAgentIsCut() {
        assertThat(AGENTS.parse("Mozilla/5.0 (Windows NT 10.0) ".concat("Chrome/9".repeat(2_000)))
                        .server())
                .isFalse();
    }
}
