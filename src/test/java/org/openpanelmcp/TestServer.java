package org.openpanelmcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.openpanelmcp.config.Settings;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.ImportReport;
import org.openpanelmcp.transfer.Progress;

/** A real server of its own data directory and port, for tests. */
final class TestServer implements AutoCloseable {
    private final Server server;

    private TestServer(Server server) {
        this.server = server;
    }

    /** Loads a transfer folder into a data directory that no server has open. */
    static ImportReport load(Path data, Path folder) {
        try (var events = DuckDbDatabase.open(data, DuckDbOptions.unlocked());
                var metadata = SqliteMetadata.open(data.resolve("metadata.sqlite"))) {
            return new Import(events, metadata).run(folder, new ImportOptions(true), Progress.SILENT);
        }
    }

    /** Starts on any free port, without a rate limit unless the settings say otherwise. */
    static TestServer start(Path data, Map<String, String> settings) throws IOException {
        var flags = new HashMap<String, String>();
        flags.put("data", data.toString());
        flags.put("port", "0");
        flags.put("mcp-rate-limit", "0");
        flags.putAll(settings);
        return new TestServer(Server.start(Settings.read(flags, Map.of())));
    }

    static String token(String clientId, String secret) {
        return Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    McpCaller caller(String token) {
        return new McpCaller(server.port(), token);
    }

    Set<String> reservedNames() {
        return server.reservedNames();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
