package org.openpanelmcp.cli;

import java.io.UncheckedIOException;
import org.openpanelmcp.config.SettingsProblem;
import org.openpanelmcp.metadata.MetadataFailure;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.transfer.TransferProblem;
import org.openpanelmcp.transfer.control.ControlProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The one place that tells a person why a command failed. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** @return the exit code */
    static int print(Exception exception, CommandLine line, ParseResult result) {
        var error = line.getErr();
        switch (exception) {
            case CommandFailure failure -> error.println(failure.getMessage());
            case SettingsProblem problem -> problem.problems().forEach(error::println);
            case MetadataRefusal refusal -> error.println(refusal.getMessage());
            case MetadataFailure failure -> error.println(failure.getMessage());
            case DuckDbFailure failure -> error.println(failure.getMessage());
            case TransferProblem problem -> error.println(problem.getMessage());
            case ControlProblem problem -> error.println(problem.getMessage());
            case UncheckedIOException failure -> error.println(failure.getMessage());
            default -> {
                // Ours to mend: the terminal gets the kind, the log (off unless asked for) the rest.
                LOG.debug("The command {} failed", result.commandSpec().qualifiedName(), exception);
                error.printf(
                        "This should not have happened (%s). Please report it.%n",
                        exception.getClass().getName());
            }
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
