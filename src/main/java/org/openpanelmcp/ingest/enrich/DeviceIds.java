package org.openpanelmcp.ingest.enrich;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.openpanelmcp.metadata.Salts;

/** Who a device is, without a cookie: a digest of its user agent and address that changes with the salt of the day. */
public final class DeviceIds {
    private static final int BYTES = 16;

    private DeviceIds() {}

    /** The ids that a device may have: with today's salt, and with yesterday's, as its visit may have begun then. */
    public static List<String> candidates(String agent, String address, String projectId, Salts.Pair salts) {
        return List.of(of(agent, address, projectId, salts.current()), of(agent, address, projectId, salts.previous()));
    }

    static String of(String agent, String address, String projectId, String salt) {
        var text = agent + ":" + address + ":" + projectId + ":" + salt;
        try {
            // SHAKE256 gives as many bytes as one asks for: the first of many are the few that are wanted.
            var digest = MessageDigest.getInstance("SHAKE256-512").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java 25 has SHAKE256", e);
        }
    }
}
