package org.openpanelmcp.tool;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.access.Access;
import org.openpanelmcp.access.AuditLog;
import org.openpanelmcp.mcp.InputRequired;
import org.openpanelmcp.mcp.ToolAnswer;
import org.openpanelmcp.metadata.AuditEntry;

/** What the audit log learns of one call: never a value of an argument. Used by the thread of the call. */
final class CallRecord {
    private final AuditLog log;
    private final Access access;
    private final String tool;
    private final long startedNanos = System.nanoTime();
    private @Nullable String project;

    CallRecord(AuditLog log, Access access, String tool) {
        this.log = log;
        this.access = access;
        this.tool = tool;
    }

    void project(String id) {
        project = id;
    }

    ToolAnswer finished(ToolProblem problem) {
        return finished(Answers.of(problem), problem.code().name().toLowerCase(Locale.ROOT));
    }

    ToolAnswer finished(ToolAnswer answer, String outcome) {
        write(bytes(answer), outcome);
        return answer;
    }

    /** Without an answer of the tool. */
    void ended(String outcome) {
        write(0, outcome);
    }

    private void write(long bytes, String outcome) {
        long millis = (System.nanoTime() - startedNanos) / 1_000_000;
        log.record(new AuditEntry(
                Instant.now(), access.clientId(), access.organizationId(), tool, project, millis, bytes, outcome));
    }

    private static long bytes(ToolAnswer answer) {
        return switch (answer) {
            case ToolAnswer.Finished finished ->
                finished.content().stream()
                        .mapToLong(block -> block.path("text").asString("").getBytes(StandardCharsets.UTF_8).length)
                        .sum();
            case InputRequired _ -> 0;
        };
    }
}
