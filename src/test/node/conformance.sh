#!/usr/bin/env bash
# Runs both frozen requirement sets of the public conformance suite against the fixture server of the test classes.
# Prints "N passed, M failed" per set (scored checks); fails on any failure, a dead server, or missing scenarios.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
server=

stop() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap stop EXIT

. "$here/waiting.sh"

# shellcheck source=/dev/null
. "$root/.mvn/find-jdk.sh"
need_jdk25

if [ ! -d "$root/target/test-classes" ] || [ ! -d "$root/target/app/lib" ]; then
    (cd "$root" && ./mvnw -q -B -DskipTests package)
fi
if [ ! -x "$here/node_modules/.bin/conformance" ]; then
    (cd "$here" && npm ci --no-fund --no-audit)
fi
export PATH="$here/node_modules/.bin:$PATH"

"$JDK25/bin/java" -cp "$root/target/test-classes:$root/target/classes:$root/target/app/lib/*" \
    org.openpanelmcp.mcp.conformance.FixtureServer 0 >"$work/server.log" 2>&1 &
server=$!

port=$(await_line "$work/server.log" "$server" 's/^listening on port //p' 30) || {
    echo "the fixture server did not start" >&2
    exit 1
}

# Extensions and pending scenarios run too, but are not part of a requirement set; the list says which are.
scored() {
    conformance list --server --requirements "$1" |
        awk '/^Server scenarios/ { on = 1 } /^Client scenarios|^Run and reported/ { on = 0 } on && $1 == "-" { print $2 }'
}

count() {
    awk -v expected="$2" -v set="$1" '
        FNR == NR { wanted[$1] = 1; next }
        /^[^ ]+ [^ ]+: [0-9]+ passed, [0-9]+ failed/ {
            name = $2; sub(/:$/, "", name)
            if (name in wanted) { scenarios++; good += $3; bad += $5; delete wanted[name] }
        }
        END {
            printf "%s: %d passed, %d failed (%d scenarios)\n", set, good, bad, scenarios
            exit !(bad == 0 && good > 0 && scenarios == expected)
        }' "$work/$1.scored" "$work/$1.log"
}

# No failure is expected, so no list of expected ones is given: with even an empty list the suite counts warnings as
# failures, and it warns about every server of an older revision that hands out no session id, as this one on purpose.
status=0
run() {
    local code=0
    scored "$1" >"$work/$1.scored"
    conformance server --url "http://localhost:$port/mcp" --requirements "$1" >"$work/$1.log" 2>&1 || code=$?
    if ! count "$1" "$2" || [ "$code" -ne 0 ]; then
        cat "$work/$1.log" >&2
        status=1
    fi
}
run 2025-11-25 30
run 2026-07-28 37

if ! kill -0 "$server" 2>/dev/null; then
    echo "the fixture server died" >&2
    status=1
fi
exit "$status"
