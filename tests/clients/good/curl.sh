#!/bin/sh
# A good client on curl, whose own retries wait as Retry-After says, and grow.
set -eu
sessions="$CONFORMANCE_BASE_URL/api/v2/sessions"
token() {
  curl -s -u "$CONFORMANCE_USERNAME:$CONFORMANCE_PASSWORD" -d grant_type=client_credentials \
    "$CONFORMANCE_BASE_URL/api/v1/authorize" | sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p'
}
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
cancel() {
  curl -s -o "$answer" -w '%{http_code}' --retry 4 --retry-all-errors --max-time 20 -X POST \
    "$sessions/$session/cancel" -H "Authorization: Bearer $1" || true
}
first=$(token)
session=$(curl -s -X POST "$sessions" -H "Authorization: Bearer $first" -H 'Content-Type: application/json' --data-raw \
  '{"type":"e-Transfer","direction":"DEBIT","currency":"CAD","options":{"notificationPreferences":{"language":"en","sendInteracLink":false}},"payor":{"firstName":"Ada","lastName":"Example","email":"ada@example.com"}}' |
  sed -n 's/.*"sessionId" *: *"\([^"]*\)".*/\1/p')
status=$(cancel "$first")
if [ "$status" = 401 ]; then status=$(cancel "$(token)"); fi
[ "$status" = 200 ] || [ "$status" = 400 ]
