package org.openpanelmcp.http;

import java.io.IOException;

/** The connection to the client ended, or the client stopped reading or writing. Nobody is left to be answered. */
final class ClientGone extends IOException {
    ClientGone(Throwable cause) {
        super("the client is gone", cause);
    }
}
