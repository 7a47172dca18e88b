// The published SDKs for servers. Usage: node sdk-node.mjs URL CLIENT_ID SECRET TOKEN
import assert from 'node:assert/strict';
import { OpenPanel } from '@openpanel/sdk';
import { createRouteHandler } from '@openpanel/nextjs/server';
import { check, finish } from './checks.mjs';
import { events, given } from './stored.mjs';

const site = given('sdk-node.mjs');
const browser =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';

function panel(more = {}) {
    return new OpenPanel({ apiUrl: site.url, clientId: site.clientId, clientSecret: site.clientSecret, ...more });
}

/** An answer that the SDK understood: not given up, not sent again. */
function understood(answer) {
    assert.equal(typeof answer?.deviceId, 'string', JSON.stringify(answer));
    assert.equal(typeof answer?.sessionId, 'string', JSON.stringify(answer));
}

await check('@openpanel/sdk: track', async () => {
    understood(await panel().track('node_event', { plan: 'pro', profileId: 'ada', nested: { deep: 1 } }));
    const rows = await events(site, 'node_event');
    assert.equal(rows.length, 1);
});
await check('@openpanel/sdk: identify, increment, decrement', async () => {
    const op = panel();
    understood(await op.identify({ profileId: 'ada', firstName: 'Ada', email: 'ada@example.org', properties: { a: 1 } }));
    understood(await op.increment({ profileId: 'ada', property: 'visits', value: 2 }));
    understood(await op.decrement({ profileId: 'ada', property: 'visits', value: 1 }));
});
await check('@openpanel/sdk: groups', async () => {
    const op = panel();
    await op.identify({ profileId: 'ada' });
    understood(await op.upsertGroup({ id: 'g1', type: 'company', name: 'Acme', properties: { plan: 'pro' } }));
    understood(await op.setGroup('g1'));
});
await check('@openpanel/sdk: revenue with the secret', async () => {
    understood(await panel().revenue(1999, { sku: 'a' }));
    const rows = await events(site, 'revenue');
    assert.equal(Number(rows[0].revenue), 1999, JSON.stringify(rows[0]));
});
await check('@openpanel/sdk: a wrong secret is final', async () => {
    const begin = Date.now();
    assert.equal(await panel({ clientSecret: 'sec_wrong' }).track('never', {}), null);
    assert.ok(Date.now() - begin < 3_000, 'it was sent again');
    assert.equal((await events(site, 'node_event')).length, 1);
});
await check('@openpanel/nextjs: its route handler forwards page events and the script', async () => {
    const handler = createRouteHandler({ apiUrl: site.url });
    const handle = typeof handler === 'function' ? handler : handler.POST;
    const request = new Request('http://localhost:3000/api/op/track', {
        method: 'POST',
        headers: {
            'content-type': 'application/json',
            'openpanel-client-id': site.clientId,
            origin: 'http://localhost:3000',
            'user-agent': browser,
        },
        body: JSON.stringify({ type: 'track', payload: { name: 'next_event', properties: { __path: 'http://localhost:3000/a' } } }),
    });
    const answer = await handle(request);
    assert.equal(answer.status, 200, await answer.clone().text());
    understood(await answer.json());
    const rows = await events(site, 'next_event');
    assert.equal(rows[0].path, '/a', JSON.stringify(rows[0]));
});

finish();
