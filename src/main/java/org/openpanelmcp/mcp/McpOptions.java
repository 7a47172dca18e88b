package org.openpanelmcp.mcp;

import java.time.Duration;

/**
 * Limits of the protocol endpoint.
 *
 * @param bodyBytes longest request
 * @param patience a call that takes longer than this is answered with a stream, when the client reads streams
 * @param keepAlive pause between two comments on a stream; a client that left is noticed after about this time
 * @param callTime longest call (a batch counts as one)
 * @param calls calls that run at the same time
 * @param batch messages in one batch
 * @param page entries in one page of a list
 * @param listTime how long a client may keep a list without asking again
 * @param listeners streams of {@code subscriptions/listen} at the same time
 * @param listenersPerCaller the same for one credential
 * @param listenTime longest such stream; the client opens a new one afterwards
 * @param key seals cursors and the state of unfinished calls; the same in all processes that serve one address
 */
public record McpOptions(
        int bodyBytes,
        Duration patience,
        Duration keepAlive,
        Duration callTime,
        int calls,
        int batch,
        int page,
        Duration listTime,
        int listeners,
        int listenersPerCaller,
        Duration listenTime,
        byte[] key) {
    public static McpOptions defaults(byte[] key) {
        return new McpOptions(
                1_048_576,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                200,
                20,
                100,
                Duration.ofMinutes(1),
                64,
                4,
                Duration.ofMinutes(30),
                key);
    }

    /** The same with other limits for what one request may cost. */
    public McpOptions withLimits(int mostBodyBytes, Duration longestCall) {
        return new McpOptions(
                mostBodyBytes,
                patience,
                keepAlive,
                longestCall,
                calls,
                batch,
                page,
                listTime,
                listeners,
                listenersPerCaller,
                listenTime,
                key);
    }
}
