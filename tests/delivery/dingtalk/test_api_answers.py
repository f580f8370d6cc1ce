"""What an answer of DingTalk's API means."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.dingtalk.api_answers import Accepted, Refused, Unsure, read_api_answer

D = "Forbidden.AccessDenied."
COMMON = {
    "success": (200, {"success": True}, Accepted, None, 0),
    "success-without-the-word": (200, {"processQueryKey": "p"}, Accepted, None, 0),
    "success-false": (200, {"success": False}, Refused, "none", 0),
    "success-as-text": (200, {"success": "true"}, Refused, "none", 0),
    "code-in-a-200": (200, {"code": "ServiceUnavailable", "message": "m"}, Refused, "backoff", 1),
    "400-InvalidAuthentication": (400, {"code": "InvalidAuthentication"}, Refused, "none", 0),
    "401-any": (401, {"code": "whatever"}, Refused, "none", 0),
    "403-AccessTokenPermissionDenied": (403, {"code": D + "AccessTokenPermissionDenied"}, Refused, "none", 0),
    "403-IpNotInWhiteList": (403, {"code": D + "IpNotInWhiteList"}, Refused, "none", 0),
    "403-QpsLimitForAppkeyAndApi": (403, {"code": D + "QpsLimitForAppkeyAndApi"}, Refused, "backoff", 2),
    "403-QpmLimitForAppkeyAndApi": (403, {"code": D + "QpmLimitForAppkeyAndApi"}, Refused, "wait", 60),
    "403-QpsLimitForApi": (403, {"code": D + "QpsLimitForApi"}, Refused, "backoff", 2),
    "403-ApiCountLimitForOrg": (403, {"code": D + "ApiCountLimitForOrg"}, Refused, "none", 0),
    "403-not-JSON": (403, "<html>firewall</html>", Refused, "backoff", 1),
    "429-any": (429, "", Refused, "backoff", 2),
    "500-system.busy": (500, {"code": "system.busy"}, Refused, "backoff", 1),
    "500-system.error": (500, {"code": "system.error"}, Refused, "once-more", 2),
    "500-system.err": (500, {"code": "system.err"}, Refused, "backoff", 1),
    "500-unknownError": (500, {"code": "unknownError"}, Refused, "backoff", 1),
    "503-ServiceUnavailable": (503, {"code": "ServiceUnavailable"}, Refused, "backoff", 1),
    "503-HTML": (503, "<html>", Refused, "backoff", 1),
    "200-status-1111": (200, {"status": 1111, "wait": 5, "punish": "deny"}, Refused, "wait", 300),
    "200-HTML": (200, "<html>", Refused, "wait", 300),
    "200-empty": (200, "", Unsure, None, 0),
    "200-list": (200, [1], Unsure, None, 0),
    "502-HTML": (502, "<html>", Unsure, None, 0),
    "504-JSON": (504, {}, Unsure, None, 0),
    "302": (302, "", Refused, "none", 0),
    "old-errcode": (200, {"errcode": 90018, "errmsg": "x"}, Refused, "none", 0),
    "old-errcode-0": (200, {"errcode": 0, "errmsg": "ok"}, Accepted, None, 0),
}


@pytest.mark.parametrize("row", COMMON)
def test_common_answer(row):
    """Each row of the common table (dingtalk-cards-media.md 0.1) has its meaning."""
    status, body, kind, remedy, wait = COMMON[row]
    content = body if isinstance(body, str) else json.dumps(body)
    outcome = read_api_answer(status, content.encode())
    assert isinstance(outcome, kind)
    if isinstance(outcome, Refused):
        assert (outcome.remedy, outcome.wait, outcome.status) == (remedy, wait, status)
        assert outcome.reason.render("zh")
        assert outcome.reason.render("en")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
ANSWERS = st.dictionaries(
    st.sampled_from(["code", "message", "success", "status", "wait", "errcode", "errmsg"]), JSON
)


@settings(deadline=None, max_examples=200)
@given(st.integers(100, 599), ANSWERS | JSON | st.binary(max_size=40))
def test_any_answer_has_a_meaning(status, body):
    """Whatever comes, it is accepted, refused or unknown, and only 2xx is ever accepted."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    outcome = read_api_answer(status, content)
    assert isinstance(outcome, (Accepted, Refused, Unsure))
    if isinstance(outcome, Accepted):
        assert 200 <= status < 300
    else:
        assert outcome.reason.render("zh").isprintable()
