package org.openpanelmcp.http;

import java.net.InetAddress;
import java.util.List;
import org.openpanelmcp.config.AddressRange;

/** The networks whose {@code X-Forwarded-For} header is believed. Immutable. */
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<AddressRange> networks;

    private TrustedProxies(List<AddressRange> networks) {
        this.networks = List.copyOf(networks);
    }

    public static TrustedProxies of(List<AddressRange> networks) {
        return new TrustedProxies(networks);
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

    /** @param address an IP address */
    public boolean trusts(String address) {
        var parsed = InetAddress.ofLiteral(address);
        return networks.stream().anyMatch(network -> network.contains(parsed));
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
}
