#!/usr/bin/env bash
# Drives a running server with the MCP inspector's command line: inspector.sh URL TOKEN
# Prints "N passed, M failed"; fails when anything failed.
set -uo pipefail

url=$1
token=$2
inspector="$(cd "$(dirname "$0")" && pwd)/node_modules/.bin/mcp-inspector"
passed=0
failed=0

ask() { # era method [more]
  local era=$1 method=$2
  shift 2
  "$inspector" --cli "$url" --transport http --protocol-era "$era" --method "$method" "$@" \
    --header "Authorization: Bearer $token" 2>&1
}

expect() { # name, text that the answer must hold, then the command
  local name=$1 text=$2 answer
  shift 2
  answer=$("$@")
  if [ $? -eq 0 ] && grep -q -- "$text" <<<"$answer"; then
    echo "ok      $name"
    passed=$((passed + 1))
  else
    echo "not ok  $name: $(head -c 600 <<<"$answer")"
    failed=$((failed + 1))
  fi
}

for era in legacy modern; do
  expect "$era: lists tools" '"get_top_pages"' ask "$era" tools/list
  for tool in list_projects get_dashboard_urls list_event_names list_event_properties query_events query_sessions \
    get_analytics_overview \
    get_engagement_metrics get_weekly_retention_series get_retention_cohort get_user_last_seen_distribution \
    find_profiles list_group_types find_groups get_top_pages get_page_performance get_top_referrers get_country_breakdown get_device_breakdown; do
    expect "$era: calls $tool" '"structuredContent"' ask "$era" tools/call --tool-name "$tool"
  done
  expect "$era: calls get_event_property_values" '"values"' ask "$era" tools/call --tool-name get_event_property_values \
    --tool-args-json '{"propertyKey":"plan"}'
  expect "$era: calls get_rolling_active_users" '"MAU"' ask "$era" tools/call --tool-name get_rolling_active_users \
    --tool-args-json '{"days":30}'
  expect "$era: calls get_entry_exit_pages" '"rows"' ask "$era" tools/call --tool-name get_entry_exit_pages \
    --tool-args-json '{"mode":"entry"}'
  expect "$era: calls get_funnel" '"completedUsers"' ask "$era" tools/call --tool-name get_funnel \
    --tool-args-json '{"steps":["screen_view","add_to_cart"],"breakdown":"device"}'
  expect "$era: calls get_user_flow" '"links"' ask "$era" tools/call --tool-name get_user_flow \
    --tool-args-json '{"startEvent":"screen_view","label":"page"}'
  expect "$era: calls get_page_conversions" '"conversion_rate"' ask "$era" tools/call --tool-name get_page_conversions \
    --tool-args-json '{"conversionEvent":"add_to_cart"}'
  expect "$era: reads a resource" 'bounce' ask "$era" resources/read --uri openpanel://metrics
  expect "$era: gets a prompt" 'last_week' ask "$era" prompts/get --prompt-name weekly_report
  expect "$era: compares" '"previous"' ask "$era" tools/call --tool-name get_analytics_overview \
    --tool-args-json '{"startDate":"last_week","compare":"previous_period","interval":"day"}'
  expect "$era: filters" '"rows"' ask "$era" tools/call --tool-name get_top_pages \
    --tool-args-json '{"startDate":"30d","filters":{"path":"/product/*"},"sortBy":"visitors","limit":3}'
done
expect "strict: schemas are portable" ' 0 errors\|^0 errors' ask legacy tools/list --strict

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
