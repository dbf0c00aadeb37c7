"""A good client on Python's requests, whose retries are urllib3's."""

import os

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

BASE = os.environ["CONFORMANCE_BASE_URL"]
CREDENTIALS = (os.environ["CONFORMANCE_USERNAME"], os.environ["CONFORMANCE_PASSWORD"])
ORDER = {
    "type": "e-Transfer",
    "direction": "DEBIT",
    "currency": "CAD",
    "options": {"notificationPreferences": {"language": "en", "sendInteracLink": False}},
    "payor": {"firstName": "Ada", "lastName": "Example", "email": "ada@example.com"},
}

class Growing(Retry):
    """Waits before the first retry as well."""

    def get_backoff_time(self):
        return 0.1 * 2 ** len(self.history)


http = requests.Session()
retries = Growing(total=4, status_forcelist=[429, 500, 502, 503], allowed_methods=None)
http.mount("http://", HTTPAdapter(max_retries=retries))


def authorise():
    form = {"grant_type": "client_credentials"}
    answer = http.post(f"{BASE}/api/v1/authorize", auth=CREDENTIALS, data=form, timeout=5)
    return {"Authorization": f'Bearer {answer.json()["access_token"]}'}


token = authorise()
session = http.post(f"{BASE}/api/v2/sessions", headers=token, json=ORDER, timeout=5).json()
url = f'{BASE}/api/v2/sessions/{session["sessionId"]}/cancel'
answer = http.post(url, headers=token, timeout=5)
if answer.status_code == 401:
    answer = http.post(url, headers=authorise(), timeout=5)
assert answer.status_code in (200, 400), answer.status_code
