// Drives a running server with version 1 of the TypeScript SDK, the one most clients are built on.
// Usage: node client-v1.mjs http://127.0.0.1:3333/mcp TOKEN
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { check, finish, target } from './checks.mjs';

const [url, token] = target('client-v1.mjs');

async function connect(address, headers) {
    const client = new Client({ name: 'openpanel-mcp-checks', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers } }));
    return client;
}

function withParameter(value) {
    const address = new URL(url);
    address.searchParams.set('token', value);
    return address;
}

const ways = [
    ['token in the header', (secret) => connect(new URL(url), { Authorization: `Bearer ${secret}` })],
    ['token in the address', (secret) => connect(withParameter(secret), {})],
];

for (const [way, open] of ways) {
    let client;
    await check(`${way}: connects`, async () => {
        client = await open(token);
        assert.ok(client.getServerVersion().name);
        assert.ok(client.getServerCapabilities().tools);
        assert.ok(client.getInstructions().length > 0, 'no instructions');
    });
    if (!client) {
        continue;
    }
    await check(`${way}: pings`, () => client.ping());
    await check(`${way}: lists tools`, async () => {
        const { tools } = await client.listTools();
        assert.ok(tools.some(({ name }) => name === 'get_top_pages'), 'no get_top_pages');
        for (const tool of tools) {
            assert.equal(tool.inputSchema.type, 'object', tool.name);
            assert.equal(tool.outputSchema.type, 'object', tool.name);
        }
    });
    // The SDK holds each answer against the tool's output schema, which it knows from the list.
    for (const name of ['list_projects', 'list_event_names', 'get_analytics_overview', 'get_top_pages', 'query_events']) {
        await check(`${way}: calls ${name}`, async () => {
            const result = await client.callTool({ name, arguments: {} });
            assert.ok(!result.isError, JSON.stringify(result.content));
            assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
        });
    }
    await check(`${way}: a wrong argument is a result that says what is wrong`, async () => {
        const result = await client.callTool({ name: 'get_top_pages', arguments: { limit: 'many' } });
        assert.equal(result.isError, true);
        assert.match(result.content[0].text, /limit/);
    });
    await check(`${way}: another project is a result that is an error`, async () => {
        const result = await client.callTool({ name: 'get_top_pages', arguments: { projectId: 'no-such-project' } });
        assert.equal(result.isError, true);
    });
    await check(`${way}: an unknown tool is a protocol error`, async () => {
        await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), { code: -32602 });
    });
    await check(`${way}: a cancelled call ends and leaves the connection usable`, async () => {
        const abort = new AbortController();
        const call = client.callTool({ name: 'get_top_pages', arguments: { startDate: '90d' } }, undefined, {
            signal: abort.signal,
        });
        abort.abort('changed my mind');
        await assert.rejects(call, /changed my mind/);
        assert.ok(!(await client.callTool({ name: 'list_projects', arguments: {} })).isError);
    });
    await check(`${way}: a wrong token is refused`, () => assert.rejects(open('wrong')));
    await client.close();
}

finish();
