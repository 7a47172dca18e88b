package org.openpanelmcp;

/** What to paste into the usual MCP clients. */
record ClientSnippets(String url, String token) {
    String text() {
        return """
            Claude Code:
              claude mcp add --transport http openpanel %1$s --header "Authorization: Bearer %2$s"

            Cursor (~/.cursor/mcp.json):
              {"mcpServers": {"openpanel": {"url": "%1$s", "headers": {"Authorization": "Bearer %2$s"}}}}

            VS Code (.vscode/mcp.json):
              {"servers": {"openpanel": {"type": "http", "url": "%1$s", "headers": {"Authorization": "Bearer %2$s"}}}}

            Claude Desktop (claude_desktop_config.json, needs Node.js):
              {"mcpServers": {"openpanel": {"command": "npx", "args": ["-y", "mcp-remote", "%1$s", "--header",
                "Authorization:${AUTH}"], "env": {"AUTH": "Bearer %2$s"}}}}
            """.formatted(url, token);
    }
}
