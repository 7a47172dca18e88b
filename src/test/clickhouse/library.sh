#!/usr/bin/env bash
# Prints the file of ClickHouse's engine as a library for -Dclickhouse.library; fetches it (180 MB) into $OPENPANEL_CACHE
# where it is missing. Ends with 3 where there is none for the platform.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cache=${OPENPANEL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/openpanel-mcp}
export npm_config_cache=${npm_config_cache:-$cache/npm}

if [ "$(uname -sm)" != "Linux x86_64" ] || ! getconf GNU_LIBC_VERSION >/dev/null 2>&1; then
    echo "ClickHouse's engine is fetched for Linux on x64 with glibc only; this is $(uname -sm)" >&2
    exit 3
fi
version=$(sed -n 's/.*"@chdb\/lib-linux-x64-gnu": "\(.*\)".*/\1/p' "$here/package.json")
folder=$cache/clickhouse-$version
if [ ! -f "$folder/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so" ]; then
    mkdir -p "$cache"
    fresh=$(mktemp -d "$cache/clickhouse-XXXXXX")
    trap 'rm -rf "$fresh"' EXIT
    cp "$here/package.json" "$here/package-lock.json" "$fresh"
    (cd "$fresh" && npm ci --no-fund --no-audit --loglevel=error >&2)
    rm -rf "$folder"
    mv "$fresh" "$folder"
fi
echo "$folder/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so"
