package org.openpanelmcp.http;

import java.net.InetAddress;
import java.util.List;

/** The networks whose {@code X-Forwarded-For} header is believed. Immutable. */
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Reads networks such as {@code 10.0.0.0/8}, {@code ::1/128} or a single address.
     *
     * @throws IllegalArgumentException naming the entry that cannot be read
     */
    public static TrustedProxies of(List<String> networks) {
        return new TrustedProxies(networks.stream().map(Network::parse).toList());
    }

    /**
     * The client behind {@code peer}: the rightmost forwarded address that is no trusted proxy itself. An entry that is
     * no address ends the walk, because whoever wrote it could have written everything left of it.
     *
     * @param forwarded the values of {@code X-Forwarded-For} in order, one per header line
     */
    String clientAddress(String peer, List<String> forwarded) {
        if (networks.isEmpty() || forwarded.isEmpty() || !trusts(peer)) {
            return peer;
        }
        var client = peer;
        for (var entry : List.of(String.join(",", forwarded).split(",")).reversed()) {
            var address = literal(entry.strip());
            if (address.isEmpty()) {
                return client;
            }
            client = address;
            if (!trusts(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean trusts(String address) {
        var bytes = InetAddress.ofLiteral(address).getAddress();
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }

    /** The address in its canonical form, without brackets and port; empty when it is none. */
    private static String literal(String entry) {
        var text = entry;
        if (text.startsWith("[")) {
            var end = text.indexOf(']');
            text = end < 0 ? "" : text.substring(1, end);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }

    private record Network(byte[] address, int bits) {
        static Network parse(String text) {
            var slash = text.indexOf('/');
            try {
                var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                        .getAddress();
                var bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= address.length * 8) {
                    return new Network(address, bits);
                }
            } catch (IllegalArgumentException unreadable) {
                // Falls through to the one message below.
            }
            throw new IllegalArgumentException(
                    "'" + text + "' is no network; write it like 10.0.0.0/8, fd00::/8 or 192.0.2.7");
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
