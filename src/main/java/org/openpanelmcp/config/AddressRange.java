package org.openpanelmcp.config;

import java.net.InetAddress;

/**
 * A range of IP addresses such as {@code 10.0.0.0/8} or {@code ::1}.
 *
 * @param network any address of the range
 * @param prefix how many leading bits all its addresses share
 */
public record AddressRange(InetAddress network, int prefix) {
    /** @throws IllegalArgumentException when the text is neither an address nor one with a prefix length */
    public static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        var bits = network.getAddress().length * 8;
        var prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("A prefix length is 0 to " + bits);
        }
        return new AddressRange(network, prefix);
    }

    public boolean contains(InetAddress address) {
        var mine = network.getAddress();
        var other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (var bit = 0; bit < prefix; bit++) {
            var mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
