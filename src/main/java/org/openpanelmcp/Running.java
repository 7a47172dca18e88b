package org.openpanelmcp;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.openpanelmcp.cli.CommandFailure;
import org.openpanelmcp.config.Settings;
import org.openpanelmcp.http.PortInUse;
import org.openpanelmcp.transfer.control.ControlProblem;

/** A server as the main thing of the process. */
final class Running {
    private Running() {}

    /** @throws CommandFailure with a sentence for the operator */
    static Server start(Settings settings) {
        try {
            return Server.start(settings);
        } catch (PortInUse taken) {
            throw new CommandFailure(
                    "Port %d of %s is in use. Stop the program that has it, or choose another with --port."
                            .formatted(settings.http().port(), settings.http().host()),
                    taken);
        } catch (ControlProblem | IOException problem) {
            throw new CommandFailure(String.valueOf(problem.getMessage()), problem);
        }
    }

    /** Waits for SIGTERM or SIGINT, then stops the server in order. */
    static void untilStopped(Server server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
