// What the server's tools say of the events that were sent.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** URL, CLIENT_ID, SECRET and TOKEN from the command line. */
export function given(script) {
    const [url, clientId, clientSecret, token] = process.argv.slice(2);
    if (!token) {
        console.error(`usage: node ${script} URL CLIENT_ID SECRET TOKEN`);
        process.exit(2);
    }
    return { url, clientId, clientSecret, token };
}

/** Asks until enough events of a name are there; what is accepted can be read within two seconds. */
export async function events({ url, token }, name, atLeast = 1) {
    const client = new Client({ name: 'openpanel-mcp-checks', version: '1' }, {});
    const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
        requestInit: { headers: { Authorization: `Bearer ${token}` } },
    });
    await client.connect(transport);
    try {
        const deadline = Date.now() + 10_000;
        for (;;) {
            const args = { projectId: 'shop', eventNames: [name], limit: 50 };
            const answer = await client.callTool({ name: 'query_events', arguments: args });
            const rows = answer.structuredContent?.rows ?? [];
            if (rows.length >= atLeast || Date.now() > deadline) {
                return rows;
            }
            await new Promise((done) => setTimeout(done, 100));
        }
    } finally {
        await client.close();
    }
}
