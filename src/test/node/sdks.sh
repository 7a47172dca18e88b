#!/usr/bin/env bash
# OpenPanel's published SDKs and our own tracker against the packaged server: in node, in Next.js' route handler, and in a
# headless Chromium. Makes a data directory with a project and its clients by the program's own commands.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
server=

stop() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap stop EXIT

. "$here/waiting.sh"

data=$work/data
panel() { "$root/openpanel" "$@" --data "$data" --json; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$2"; }

panel org create --id acme --name Acme >/dev/null
panel project create --id shop --org acme --name Shop --domain https://shop.example >/dev/null
panel project tracking shop --add-origin 'http://localhost:*' >/dev/null
panel client create --project shop --type write >"$work/write.json"
panel client create --project shop --type read >"$work/read.json"

"$root/openpanel" serve --data "$data" --port 0 --mcp-rate-limit 0 >"$work/serve.log" 2>&1 &
server=$!
url=$(await_line "$work/serve.log" "$server" 's|.*answers at \(http://[^/]*\)/mcp.*|\1|p' 60)

node=$here/node_modules/.bin/node
for script in sdk-node sdk-browser; do
    "$node" "$here/$script.mjs" "$url" "$(field clientId "$work/write.json")" \
        "$(field clientSecret "$work/write.json")" "$(field mcpToken "$work/read.json")"
done
