package org.openpanelmcp.ingest.track;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.TrustedProxies;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.ingest.enrich.GeoHeaders;

/**
 * Who a request comes from, as far as its connection and headers tell.
 *
 * @param address the visitor's IP address
 * @param userAgent empty: none was sent
 * @param origin of the page; empty: no page
 * @param place as a trusted proxy says it
 * @param suspicions what a browser would have sent and this did not
 */
public record Visitor(
        String address,
        String userAgent,
        String origin,
        Entry.Sdk sdk,
        Optional<Entry.Place> place,
        List<String> suspicions) {
    private static final int LONGEST_SDK = 64;
    private static final Pattern CHROMIUM = Pattern.compile("(Chrome|Chromium|Edg|OPR)/\\d");
    private static final Pattern IOS = Pattern.compile("CriOS|EdgiOS|OPiOS|FxiOS|iPhone|iPad|iPod");

    public Visitor {
        suspicions = List.copyOf(suspicions);
    }

    /** Whose word about an address counts. */
    public record Trust(TrustedProxies proxies, GeoHeaders geo) {}

    /** @param proven whether the sender proved with its secret who it is; then it may speak for its visitors */
    static Visitor of(Request request, boolean proven, Trust trust) {
        var userAgent = request.header("User-Agent").orElse("").strip();
        var told = request.header("openpanel-client-ip").map(Visitor::canonical).orElse("");
        var seen = request.clientAddress();
        // A proxy of the operator's own that sends for its visitors; a page behind the proxy never gets here.
        boolean mayTell = proven || trust.proxies().trusts(seen);
        boolean spokenFor = mayTell && !told.isEmpty();
        var place = !spokenFor && trust.proxies().trusts(request.peerAddress())
                ? trust.geo().place(request::header)
                : Optional.<Entry.Place>empty();
        return new Visitor(
                spokenFor ? told : seen,
                userAgent,
                request.header("Origin").orElse("").strip(),
                new Entry.Sdk(sdk(request, "openpanel-sdk-name"), sdk(request, "openpanel-sdk-version")),
                place,
                proven ? List.of() : suspicions(request, userAgent));
    }

    /** The same one at another address. */
    Visitor at(String other) {
        return new Visitor(other, userAgent, origin, sdk, Optional.empty(), suspicions);
    }

    /** An address in one form for all its ways of writing; empty when it is none. */
    static String canonical(String address) {
        try {
            return InetAddress.ofLiteral(address.strip()).getHostAddress();
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    private static String sdk(Request request, String header) {
        var value = request.header(header).orElse("").strip();
        return value.length() > LONGEST_SDK ? value.substring(0, LONGEST_SDK) : value;
    }

    private static List<String> suspicions(Request request, String userAgent) {
        var reasons = new ArrayList<String>();
        if (!userAgent.contains("Mozilla/")) {
            return reasons;
        }
        boolean chromium =
                CHROMIUM.matcher(userAgent).find() && !IOS.matcher(userAgent).find();
        if (chromium && request.header("sec-ch-ua").isEmpty()) {
            reasons.add("header:missing_sec_ch_ua");
        }
        if (request.header("sec-fetch-mode").isEmpty()
                && request.header("sec-fetch-site").isEmpty()) {
            reasons.add("header:missing_sec_fetch");
        }
        if (request.header("accept-language").isEmpty()) {
            reasons.add("header:missing_accept_language");
        }
        return reasons;
    }
}
