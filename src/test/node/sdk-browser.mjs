// The published web SDK and our own tracker in a real page. Usage: node sdk-browser.mjs URL CLIENT_ID SECRET TOKEN
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import puppeteer from 'puppeteer-core';
import { check, finish } from './checks.mjs';
import { events, given } from './stored.mjs';

const site = given('sdk-browser.mjs');
const modules = fileURLToPath(new URL('node_modules/', import.meta.url));
const body = `
    <a id="out" href="https://elsewhere.example/x">Elsewhere</a>
    <button id="buy" data-track="%s_bought" data-plan="pro">Buy</button>`;
const options = { clientId: site.clientId, apiUrl: site.url, trackScreenViews: true, trackOutgoingLinks: true, trackAttributes: true };
const pages = {
    '/sdk': `<!doctype html><title>Published</title>${body.replace('%s', 'sdk')}
        <script type="importmap">{"imports":{"@openpanel/web":"/m/@openpanel/web/dist/index.js",
            "@openpanel/sdk":"/m/@openpanel/sdk/dist/index.js"}}</script>
        <script type="module">
            import { OpenPanel } from '@openpanel/web';
            window.panel = new OpenPanel(${JSON.stringify(options)});
        </script>`,
    '/own': `<!doctype html><title>Own</title>${body.replace('%s', 'own')}
        <script>
            window.op = window.op || function () { (op.q = op.q || []).push([].slice.call(arguments)); };
            op('init', ${JSON.stringify({ ...options, apiUrl: undefined })});
            op('setGlobalProperties', { theme: 'dark' });
            op('track', 'own_queued', { early: true });
        </script>
        <script src="${site.url}/op1.js" async></script>`,
};

const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    if (path.startsWith('/m/@openpanel/')) {
        response.setHeader('Content-Type', 'text/javascript');
        response.end(await readFile(modules + path.slice(3)).catch(() => ''));
        return;
    }
    response.setHeader('Content-Type', 'text/html');
    response.end(pages[path] ?? '<!doctype html><title>Other</title>');
});
await new Promise((done) => server.listen(0, 'localhost', done));
const origin = `http://localhost:${server.address().port}`;

const browser = await puppeteer.launch({
    executablePath: await chromium.executablePath(),
    // Not the package's own flags: they switch off what sends the origin of a page.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-zygote'],
    headless: 'shell',
});

/** Opens a page and gathers what it says to the server and what goes wrong in it. */
async function open(path) {
    const page = await browser.newPage();
    const seen = { answers: [], refusals: [], errors: [] };
    page.on('pageerror', (error) => seen.errors.push(String(error)));
    // Requests that outlive their page are not told to whoever drives the browser: they are seen from within.
    await page.exposeFunction('answered', (status, refusal) => {
        seen.answers.push(status);
        seen.refusals.push(refusal);
    });
    await page.evaluateOnNewDocument(() => {
        const send = window.fetch;
        window.fetch = async (...request) => {
            const answer = await send(...request);
            window.answered(answer.status, answer.ok ? '' : await answer.clone().text());
            return answer;
        };
        // A link that leaves is not followed: the page is still needed.
        document.addEventListener('click', (event) => event.target.closest('a') && event.preventDefault());
    });
    await page.goto(`${origin}${path}?utm_source=news`, { waitUntil: 'load' });
    await page.waitForFunction(() => window.panel ?? window.openpanel);
    return { page, seen };
}

for (const kind of ['sdk', 'own']) {
    const name = kind === 'sdk' ? '@openpanel/web' : 'op1.js';
    const before = (await events(site, 'screen_view', 0)).length;
    const links = (await events(site, 'link_out', 0)).length;
    const { page, seen } = await open(`/${kind}`);
    await check(`${name}: the first page and those reached without loading`, async () => {
        await page.evaluate(() => history.pushState({}, '', '/second#part'));
        const rows = await events(site, 'screen_view', before + 2);
        assert.equal(rows.length, before + 2, JSON.stringify(seen));
        const paths = rows.slice(0, 2).map((row) => row.path);
        assert.deepEqual(new Set(paths), new Set([`/${kind}`, '/second']));
        assert.equal(rows[0].origin, origin);
    });
    await check(`${name}: outgoing links and attributes`, async () => {
        await page.click('#out');
        await page.click('#buy');
        assert.equal((await events(site, 'link_out', links + 1)).length, links + 1);
        const bought = await events(site, `${kind}_bought`);
        assert.equal(bought.length, 1, JSON.stringify(seen));
    });
    await check(`${name}: identify, and events of the person`, async () => {
        await page.evaluate(async (kind) => {
            const op = window.panel ?? window.op;
            await op.identify({ profileId: `${kind}-person`, firstName: 'Ada' });
            await op.track(`${kind}_known`, { a: 1 });
        }, kind);
        const rows = await events(site, `${kind}_known`);
        assert.equal(rows[0].profile_id, `${kind}-person`, JSON.stringify(rows[0]));
    });
    await check(`${name}: everything was understood at once, without errors in the page`, async () => {
        assert.deepEqual(seen.errors, []);
        assert.ok(seen.answers.length >= 6, JSON.stringify(seen));
        assert.ok(seen.answers.every((status) => status === 200), JSON.stringify(seen));
    });
    if (kind === 'own') {
        await check('op1.js: calls before it was loaded', async () => {
            assert.equal((await events(site, 'own_queued')).length, 1);
        });
        await check('op1.js: revenue of a page is refused without its secret, and kept for later', async () => {
            await page.evaluate(() => window.op.pendingRevenue(500, { sku: 'b' }));
            assert.deepEqual(await page.evaluate(() => window.op.flushRevenue()), [null]);
            assert.ok(seen.answers.includes(401), JSON.stringify(seen));
        });
    }
    await page.close();
}

await browser.close();
server.close();
finish();
