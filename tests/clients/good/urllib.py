"""A good client on Python's standard library."""

import base64
import json
import os
import sys
import time
import urllib.error
import urllib.request

BASE = os.environ["CONFORMANCE_BASE_URL"]
CREDENTIALS = f'{os.environ["CONFORMANCE_USERNAME"]}:{os.environ["CONFORMANCE_PASSWORD"]}'
ORDER = {
    "type": "e-Transfer",
    "direction": "DEBIT",
    "currency": "CAD",
    "options": {"notificationPreferences": {"language": "en", "sendInteracLink": False}},
    "payor": {"firstName": "Ada", "lastName": "Example", "email": "ada@example.com"},
}


def send(path, authorization, body=b"", media_type="application/json"):
    headers = {"Authorization": authorization, "Content-Type": media_type}
    request = urllib.request.Request(BASE + path, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.headers, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, {}
    except OSError:
        return 0, {}, {}


def authorise():
    basic = "Basic " + base64.b64encode(CREDENTIALS.encode()).decode()
    form = b"grant_type=client_credentials"
    _, _, answer = send("/api/v1/authorize", basic, form, "application/x-www-form-urlencoded")
    return "Bearer " + answer["access_token"]


token = authorise()
_, _, session = send("/api/v2/sessions", token, json.dumps(ORDER).encode())
renewed = False
pause = 0.1
for _ in range(6):
    status, headers, _ = send(f'/api/v2/sessions/{session["sessionId"]}/cancel', token)
    if status in (200, 400):
        sys.exit(0)
    if status == 401:
        if renewed:
            break
        renewed = True
        token = authorise()
        continue
    time.sleep(float(headers.get("Retry-After", pause)))
    pause *= 2
sys.exit(1)
