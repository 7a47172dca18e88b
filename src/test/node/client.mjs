// Drives a running server with the public TypeScript client, once per era of the protocol.
// Usage: node client.mjs http://127.0.0.1:3333/mcp TOKEN
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { check, finish, target } from './checks.mjs';

const [url, token] = target('client.mjs');

function connect(options, bearer = token) {
    const client = new Client({ name: 'openpanel-mcp-checks', version: '1' }, options);
    const transport = new StreamableHTTPClientTransport(new URL(url), {
        requestInit: { headers: { Authorization: `Bearer ${bearer}` } },
    });
    return client.connect(transport).then(() => client);
}

const eras = [
    ['handshake', {}, '2025-11-25'],
    ['2026-07-28', { versionNegotiation: { mode: { pin: '2026-07-28' } } }, '2026-07-28'],
];

for (const [era, options, version] of eras) {
    let client;
    await check(`${era}: connects and speaks ${version}`, async () => {
        client = await connect(options);
        assert.equal(client.getNegotiatedProtocolVersion(), version);
        assert.ok(client.getServerVersion().name);
    });
    if (!client) {
        continue;
    }
    await check(`${era}: lists tools with schemas and annotations`, async () => {
        const { tools } = await client.listTools();
        assert.ok(tools.length > 0, 'no tools');
        for (const tool of tools) {
            assert.equal(tool.inputSchema.type, 'object', tool.name);
            assert.equal(typeof tool.annotations.readOnlyHint, 'boolean', tool.name);
        }
        assert.ok(tools.some(({ name }) => name === 'list_projects'), 'no list_projects');
    });
    await check(`${era}: list_projects says the same in structuredContent and text`, async () => {
        const result = await client.callTool({ name: 'list_projects', arguments: {} });
        assert.ok(!result.isError, JSON.stringify(result.content));
        assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
    });
    await check(`${era}: an unknown tool is a protocol error`, async () => {
        await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), { code: -32602 });
    });
    await check(`${era}: a wrong token is refused`, async () => {
        await assert.rejects(connect(options, 'wrong'));
    });
    await client.close();
}

finish();
