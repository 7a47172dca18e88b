package org.openpanelmcp.ingest.enrich;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.ingest.Entry;

/** Where visits come from, by name and kind. Reads the list {@code referrers.tsv} beside it. Immutable. */
public final class Referrers {
    /** The list of this version. */
    public static final Referrers LIST = read();

    private static final Entry.Referrer NONE = new Entry.Referrer("", "", "");

    private final Map<String, Known> byHost;
    private final Map<String, Known> byName;

    /**
     * A source as people call it, and its kind.
     *
     * @param exact whether other names under the host are something else
     */
    public record Known(String name, String type, boolean exact) {}

    private Referrers(Map<String, Known> byHost, Map<String, Known> byName) {
        this.byHost = Map.copyOf(byHost);
        this.byName = Map.copyOf(byName);
    }

    /** By host: itself, without {@code www.}, or a name above it that stands for all below. */
    public Optional<Known> ofHost(String host) {
        var bare = Hosts.withoutWww(host);
        var known = byHost.get(bare);
        for (int dot = bare.indexOf('.'); known == null && dot >= 0; dot = bare.indexOf('.', dot + 1)) {
            var above = byHost.get(bare.substring(dot + 1));
            known = above == null || above.exact() ? null : above;
        }
        return Optional.ofNullable(known);
    }

    /** By what a campaign calls it: a host, a host without {@code .com}, or a name, in whatever case. */
    public Optional<Known> ofSource(String source) {
        var lower = source.toLowerCase(Locale.ROOT);
        var known = byHost.get(lower);
        if (known == null) {
            known = byHost.getOrDefault(lower + ".com", byName.get(lower));
        }
        return Optional.ofNullable(known);
    }

    /**
     * Where a visit came from. A link from the same site is none; a source that nobody knows is called by its host; a
     * campaign's own word goes before the list's.
     *
     * @param address the page that was left; empty when not known
     * @param ownHost the host of the page that was reached; empty when not known
     * @param query the parameters of the page that was reached
     */
    public Entry.Referrer resolve(String address, String ownHost, Map<String, String> query) {
        var host = Hosts.of(address);
        boolean own = Hosts.sameSite(host, ownHost);
        var named = own ? NONE : named(address, host);
        var source = query.containsKey("utm_source")
                ? query.get("utm_source")
                : query.getOrDefault("ref", query.getOrDefault("utm_referrer", ""));
        if (source.isBlank()) {
            return named;
        }
        var lower = source.strip().toLowerCase(Locale.ROOT);
        return ofSource(lower)
                .map(known -> new Entry.Referrer(named.url(), known.name(), known.type()))
                .orElse(new Entry.Referrer(named.url(), lower, named.type()));
    }

    private Entry.Referrer named(String address, String host) {
        int end = address.length();
        while (end > 0 && address.charAt(end - 1) == '/') {
            end--;
        }
        var bare = address.substring(0, end);
        return ofHost(host)
                .map(known -> new Entry.Referrer(bare, known.name(), known.type()))
                .orElse(new Entry.Referrer(bare, Hosts.withoutWww(host), ""));
    }

    int size() {
        return byHost.size();
    }

    private static Referrers read() {
        var byHost = new HashMap<String, Known>();
        var byName = new HashMap<String, Known>();
        DataFile.lines(Referrers.class, "referrers.tsv").forEach(line -> {
            var columns = line.split("\t");
            for (var host : columns[2].split(" ")) {
                boolean exact = host.startsWith("=");
                var known = new Known(columns[1], columns[0], exact);
                if (byHost.putIfAbsent(exact ? host.substring(1) : host, known) != null) {
                    throw new IllegalStateException("referrers.tsv lists " + host + " twice");
                }
                byName.putIfAbsent(columns[1].toLowerCase(Locale.ROOT), known);
            }
        });
        return new Referrers(byHost, byName);
    }
}
