package org.openpanelmcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpanelmcp.config.AddressRange;

class TrustedProxiesTest {
    private final TrustedProxies proxies = TrustedProxies.of(Stream.of("10.0.0.0/8", "192.0.2.7", "fd00::/8")
            .map(AddressRange::parse)
            .toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.1 | 198.51.100.1                       | 203.0.113.1",
                "10.1.2.3    | 198.51.100.1                       | 198.51.100.1",
                "10.1.2.3    | 1.1.1.1, 198.51.100.1              | 198.51.100.1",
                "10.1.2.3    | 1.1.1.1, 198.51.100.1, 192.0.2.7   | 198.51.100.1",
                "10.1.2.3    | 10.9.9.9, 10.8.8.8                 | 10.9.9.9",
                "10.1.2.3    | 198.51.100.1:4711                  | 198.51.100.1",
                "fd00::1     | [2001:db8::5]:443                  | 2001:db8:0:0:0:0:0:5",
                "10.1.2.3    | 198.51.100.1, garbage              | 10.1.2.3",
                "10.1.2.3    | 198.51.100.1, localhost, 10.4.4.4  | 10.4.4.4",
                "192.0.2.8   | 198.51.100.1                       | 192.0.2.8"
            })
    void believesTheRightmostAddressThatIsNoProxy(String peer, String forwarded, String client) {
        assertThat(proxies.clientAddress(peer, List.of(forwarded))).isEqualTo(client);
    }

    @Test
    void readsSeveralHeaderLinesInOrder() {
        assertThat(proxies.clientAddress("10.0.0.1", List.of("1.1.1.1, 2.2.2.2", "10.0.0.2")))
                .isEqualTo("2.2.2.2");
    }

    @Test
    void believesNobodyByDefault() {
        assertThat(TrustedProxies.NONE.clientAddress("10.1.2.3", List.of("198.51.100.1")))
                .isEqualTo("10.1.2.3");
    }
}
