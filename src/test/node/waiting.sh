# Sourced by the scripts that start a server.

# Prints what a sed expression finds in a growing file; fails, with the file on stderr, when the process ends before or
# the time is over.
await_line() { # FILE PROCESS SED_EXPRESSION SECONDS
  local found tries=0
  while [ "$tries" -lt $(($4 * 5)) ]; do
    found=$(sed -n "$3" "$1")
    if [ -n "$found" ]; then
      printf '%s\n' "$found"
      return 0
    fi
    kill -0 "$2" 2>/dev/null || break
    sleep 0.2
    tries=$((tries + 1))
  done
  cat "$1" >&2
  return 1
}
