// Counts checks and ends the process with what came of them.
let passed = 0;
let failed = 0;

export async function check(name, body) {
    try {
        await body();
        passed++;
        console.log(`ok      ${name}`);
    } catch (failure) {
        failed++;
        console.log(`FAILED  ${name}: ${failure.message}`);
    }
}

export function finish() {
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

/** URL and TOKEN from the command line. */
export function target(script) {
    const [url, token] = process.argv.slice(2);
    if (!url || !token) {
        console.error(`usage: node ${script} URL TOKEN`);
        process.exit(2);
    }
    return [url, token];
}
