// Drives a running server through mcp-remote, which is how Claude Desktop reaches servers over HTTP: once per era that
// mcp-remote speaks. Usage: node remote.mjs http://127.0.0.1:3333/mcp TOKEN
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport, getDefaultEnvironment } from '@modelcontextprotocol/sdk/client/stdio.js';
import { check, finish, target } from './checks.mjs';

const [url, token] = target('remote.mjs');
const proxy = fileURLToPath(new URL('node_modules/mcp-remote/dist/proxy.js', import.meta.url));
// mcp-remote keeps what it learns about authorization here: it must learn nothing.
const memory = await mkdtemp(join(tmpdir(), 'mcp-remote-'));

async function connect(bearer, ...options) {
    const client = new Client({ name: 'openpanel-mcp-checks', version: '1' });
    const transport = new StdioClientTransport({
        command: process.execPath,
        args: [proxy, url, '--header', 'Authorization:${AUTH}', ...options],
        env: { ...getDefaultEnvironment(), AUTH: `Bearer ${bearer}`, MCP_REMOTE_CONFIG_DIR: memory },
        stderr: 'pipe',
    });
    let said = '';
    transport.stderr.on('data', (chunk) => (said += chunk));
    try {
        await client.connect(transport, { timeout: 20_000 });
    } catch (failure) {
        await client.close();
        throw new Error(`${failure.message}; mcp-remote said: ${said}`);
    }
    return client;
}

const ways = [
    ['as the README says', []],
    ['http-only', ['--transport', 'http-only']],
    ['2026-07-28', ['--transport', 'http-only', '--protocol', 'auto']],
];

for (const [way, options] of ways) {
    let client;
    await check(`mcp-remote, ${way}: connects`, async () => {
        client = await connect(token, ...options);
        assert.ok(client.getServerVersion().name);
    });
    if (!client) {
        continue;
    }
    await check(`mcp-remote, ${way}: lists tools`, async () => {
        const { tools } = await client.listTools();
        assert.ok(tools.some(({ name }) => name === 'get_top_pages'), 'no get_top_pages');
    });
    await check(`mcp-remote, ${way}: calls`, async () => {
        for (const name of ['list_projects', 'get_analytics_overview', 'get_top_pages']) {
            const result = await client.callTool({ name, arguments: {} });
            assert.ok(!result.isError, JSON.stringify(result.content));
            assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
        }
    });
    await check(`mcp-remote, ${way}: errors are results`, async () => {
        const result = await client.callTool({ name: 'get_top_pages', arguments: { limit: 'many' } });
        assert.equal(result.isError, true);
        assert.match(result.content[0].text, /limit/);
    });
    await check(`mcp-remote, ${way}: an unknown tool is a protocol error`, async () => {
        await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), { code: -32602 });
    });
    await client.close();
}

await check('mcp-remote: the token was enough, no authorization was begun', async () => {
    const kept = await readdir(memory, { recursive: true });
    assert.deepEqual(kept.filter((name) => /client_info|tokens|code_verifier/.test(name)), []);
});
await check('mcp-remote: a wrong token is refused', () => assert.rejects(connect('wrong')));

await rm(memory, { recursive: true });
finish();
