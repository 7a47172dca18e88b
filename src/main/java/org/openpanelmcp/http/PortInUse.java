package org.openpanelmcp.http;

/** Another program listens on the address already; the message says which and what to do. */
public final class PortInUse extends RuntimeException {
    public PortInUse(HttpOptions.Listen listen, Throwable cause) {
        super(
                "Port " + listen.port() + " on " + listen.host()
                        + " is in use by another program; stop it or choose another port.",
                cause);
    }
}
