#!/usr/bin/env bash
# Measures what docs/performance.md states: bench/measure.sh TRANSFER_FOLDER CLIENT_ID:SECRET
# Import, start to first answer, memory after start, then './openpanel bench' on the running server. Prints tables.
set -euo pipefail

folder=$1
token=$(printf %s "$2" | base64 -w0)
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

now() { date +%s%N; }
ms() { echo $((($(now) - $1) / 1000000)); }

"$root/openpanel" --version >/dev/null
started=$(now)
"$root/openpanel" import "$folder" --test --data "$work/data" >"$work/import.txt"
printf '%-42s %8s ms\n' "import" "$(ms "$started")"

ping='{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_analytics_overview","arguments":{}}}'
for run in 1 2 3; do
  started=$(now)
  "$root/openpanel" serve --data "$work/data" --port 3391 --mcp-rate-limit 0 >"$work/serve.txt" 2>&1 &
  server=$!
  until curl -sf -o /dev/null http://127.0.0.1:3391/mcp -H 'Content-Type: application/json' \
    -H "Authorization: Bearer $token" -d "$ping"; do
    kill -0 "$server" || { cat "$work/serve.txt"; exit 1; }
    sleep 0.02
  done
  printf '%-42s %8s ms\n' "start of serve to first answer, run $run" "$(ms "$started")"
  printf '%-42s %8s MB\n' "resident memory then" $(($(awk '/VmRSS/ {print $2}' "/proc/$server/status") / 1024))
  [ "$run" = 3 ] || { kill "$server"; wait "$server" 2>/dev/null || true; }
done
echo
"$root/openpanel" bench --url http://127.0.0.1:3391/mcp --token "$token"
printf '%-42s %8s MB\n' "resident memory after the benchmark" $(($(awk '/VmRSS/ {print $2}' "/proc/$server/status") / 1024))
