package org.openpanelmcp.transfer.foreign;

import java.util.Locale;
import org.openpanelmcp.ingest.enrich.Referrers;

/**
 * Where a visit came from.
 *
 * @param address without trailing slashes
 */
record Referrer(String address, String name, String type) {
    static final Referrer NONE = new Referrer("", "", "");

    /**
     * @param address with a scheme, or empty
     * @param name what the other product calls the source; empty to take the list's name, else the address
     * @param ownHost the page's host: a visit that comes from there came from nowhere
     */
    static Referrer of(String address, String name, String ownHost, ReferrerNames names) {
        var host = Address.host(address);
        if (!host.isEmpty() && host.equals(ownHost)) {
            return NONE;
        }
        int end = address.length();
        while (end > 0 && address.charAt(end - 1) == '/') {
            end--;
        }
        var bare = address.substring(0, end);
        var known = names.of(host, name);
        return new Referrer(
                bare,
                name.isEmpty() ? known.map(Referrers.Known::name).orElse(bare) : name,
                known.map(Referrers.Known::type).orElse(""));
    }

    /** A campaign's source, if there is one, names the visit whatever page it came from. */
    Referrer named(String source, ReferrerNames names) {
        if (source.isEmpty()) {
            return this;
        }
        var lower = source.toLowerCase(Locale.ROOT);
        return names.of(lower, lower)
                .or(() -> names.of(lower + ".com", ""))
                .map(known -> new Referrer(address, known.name(), known.type()))
                .orElse(new Referrer(address, lower, ""));
    }
}
