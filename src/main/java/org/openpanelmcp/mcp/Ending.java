package org.openpanelmcp.mcp;

/** Why a call ended before it had an answer. */
enum Ending {
    CANCELLED("cancelled", "The call was cancelled by its client."),
    CLIENT_GONE("cancelled", "The client closed the connection."),
    TIMED_OUT(
            "timed_out",
            "The call took longer than this server allows and was stopped. Ask for less: a shorter period, fewer "
                    + "breakdowns, a lower limit."),
    STOPPING("stopping", "The server is stopping; try again shortly.");

    private final String code;
    private final String sentence;

    Ending(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    String code() {
        return code;
    }

    String sentence() {
        return sentence;
    }
}
