package org.openpanelmcp.ingest.session;

/**
 * Where an event belongs.
 *
 * @param deviceId empty: nobody's device
 * @param sessionId empty: outside of any session
 * @param sessionStart when it began, as far as is known, epoch milliseconds
 * @param opens whether the session begins with it
 */
public record Decision(String deviceId, String sessionId, long sessionStart, boolean opens) {
    /** Nobody's device, outside of any session. */
    public static final Decision NOWHERE = new Decision("", "", 0, false);
}
