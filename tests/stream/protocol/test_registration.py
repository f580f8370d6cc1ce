"""Registration without sockets (dingtalk-stream.md sections 1 and 2)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.stream.protocol.registration import (
    RETRIES,
    Refusal,
    RefusalKind,
    Registration,
    Retry,
    Subscription,
    classify,
    connect_url,
    request_body,
)

GOOD = {"endpoint": "wss://wss-open-connection.dingtalk.com:443/connect", "ticket": "0f3c1d2e-7a55"}


def body(document: Any) -> bytes:
    """A JSON body."""
    return json.dumps(document).encode()


def test_the_body_of_the_sample() -> None:
    """The documented request is built from its parts."""
    assert request_body(
        client_id="dingexample0001",
        client_secret="s3cr3t-value",
        subscriptions=[Subscription("CALLBACK", "/v1.0/im/bot/messages/get")],
        ua="chat-router-sdk-python/1.0.0",
        local_ip="10.0.0.7",
    ) == {
        "clientId": "dingexample0001",
        "clientSecret": "s3cr3t-value",
        "subscriptions": [{"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}],
        "ua": "chat-router-sdk-python/1.0.0",
        "localIp": "10.0.0.7",
    }


def test_padding_of_credentials_is_cut_and_empty_fields_left_out() -> None:
    """White space from pasting is the commonest cause of a 401."""
    assert request_body(client_id=" id\n", client_secret="\tse cret ", subscriptions=[]) == {
        "clientId": "id",
        "clientSecret": "se cret",
        "subscriptions": [],
    }


def test_a_good_answer_gives_a_registration() -> None:
    """Endpoint and ticket are taken as returned; unknown fields do not matter."""
    answer = classify(200, body(GOOD | {"more": 1}))
    assert answer == Registration(GOOD["endpoint"], GOOD["ticket"])
    assert isinstance(answer, Registration)
    assert answer.url() == GOOD["endpoint"] + "?ticket=0f3c1d2e-7a55"


def test_a_registration_does_not_show_its_ticket() -> None:
    """The ticket is a credential."""
    assert "SECRET" not in repr(Registration("wss://h/connect", "SECRET"))


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (401, body({"code": "authFailed", "message": "鉴权失败"}), RefusalKind.CREDENTIALS),
        (401, b"", RefusalKind.CREDENTIALS),
        (400, body({"code": "systemError", "message": "x"}), RefusalKind.SETUP),
        (400, body({"code": "invalidParameter"}), RefusalKind.SETUP),
        (400, b"<html>The plain HTTP request was sent to HTTPS port</html>", RefusalKind.NOT_JSON),
        (403, body({"code": "Forbidden.AccessDenied.IpNotInWhiteList"}), RefusalKind.QUOTA),
        (403, b"<html>", RefusalKind.QUOTA),
        (429, b"", RefusalKind.QUOTA),
        (500, b"", RefusalKind.UNAVAILABLE),
        (503, b"<html>", RefusalKind.UNAVAILABLE),
        (200, b"<html>log in to the hotel wifi</html>", RefusalKind.NOT_JSON),
        (200, b"", RefusalKind.NOT_JSON),
        (200, b"[]", RefusalKind.NOT_JSON),
        (200, b"\xff", RefusalKind.NOT_JSON),
        (200, b"[" * 100_000, RefusalKind.NOT_JSON),
        (302, b"", RefusalKind.NOT_JSON),
        (404, body({"message": "no such api"}), RefusalKind.OTHER),
        (200, body({"endpoint": GOOD["endpoint"]}), RefusalKind.NO_TICKET),
        (200, body(GOOD | {"ticket": ""}), RefusalKind.NO_TICKET),
        (200, body(GOOD | {"ticket": 7}), RefusalKind.NO_TICKET),
        (200, body({"ticket": "t"}), RefusalKind.NO_TICKET),
        (
            200,
            body(GOOD | {"endpoint": "ws://wss-open-connection.dingtalk.com/connect"}),
            RefusalKind.ENDPOINT,
        ),
        (
            200,
            body(GOOD | {"endpoint": "https://wss-open-connection.dingtalk.com/connect"}),
            RefusalKind.ENDPOINT,
        ),
        (200, body(GOOD | {"endpoint": "connect"}), RefusalKind.ENDPOINT),
        (200, body(GOOD | {"endpoint": "wss://h:x/connect"}), RefusalKind.ENDPOINT),
        (200, body(GOOD | {"ticket": "\ud800"}), RefusalKind.ENDPOINT),
    ],
)
def test_other_answers_are_refusals(status: int, content: bytes, kind: RefusalKind) -> None:
    """Each answer of section 1 has its kind, and a text in both languages."""
    refusal = classify(status, content)
    assert isinstance(refusal, Refusal)
    assert (refusal.kind, refusal.status) == (kind, status)
    assert refusal.text.render("zh") != refusal.text.render("en")


def test_the_text_tells_what_the_gateway_said_and_what_to_do() -> None:
    """An operator reads code, message and remedy."""
    refusal = classify(400, body({"code": "systemError", "message": "bad\nsetup"}))
    assert isinstance(refusal, Refusal)
    assert "HTTP 400 systemError bad setup" in refusal.text.render("en")
    assert "Stream mode" in refusal.text.render("en")
    assert "白名单" in refusal.text.render("zh")


def test_the_text_repeats_no_secret() -> None:
    """A gateway that echoes the request does not get the secret into the log."""
    refusal = classify(401, body({"code": "authFailed", "message": 'bad {"clientSecret":"SECRET"}'}))
    assert isinstance(refusal, Refusal)
    assert "SECRET" not in refusal.text.render("en")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 503])
@pytest.mark.parametrize("field", ["code", "message"])
def test_known_secrets_are_masked_before_the_text_is_cut(status: int, field: str) -> None:
    """The values themselves are gone from every refusal, wherever in the answer they stand, and no half is left."""
    for said in ("secret SEKRIT wrong", "x" * 197 + "SEKRIT", "ticket TICKET", "sekrit%2B"):
        refusal = classify(status, body({field: said, "ticket": "TICKET"}), ["SEKRIT", "SEKRIT+"])
        assert isinstance(refusal, Refusal)
        shown = repr(refusal) + refusal.text.render("en")
        assert not any(part in shown.upper() for part in ("SEK", "TICKET TICKET"))
    refusal = classify(400, body({field: "secret SEKRIT wrong"}), ["SEKRIT"])
    assert isinstance(refusal, Refusal)
    assert "secret *** wrong" in refusal.text.render("en")


@pytest.mark.parametrize("host", ["SEKRIT", "TICKET"])
def test_an_endpoint_that_holds_a_secret_is_not_shown(host: str) -> None:
    """The host of an unusable address is told, but not when it is a secret."""
    answer = body({"endpoint": f"ws://{host}/connect", "ticket": "TICKET"})
    refusal = classify(200, answer, ["SEKRIT"])
    assert isinstance(refusal, Refusal)
    assert refusal.kind is RefusalKind.ENDPOINT
    assert host.lower() not in refusal.text.render("en").lower()
    plain = classify(200, body({"endpoint": "ws://gateway.example/", "ticket": "TICKET"}), ["SEKRIT"])
    assert isinstance(plain, Refusal)
    assert "gateway.example" in plain.text.render("en")


def test_how_soon_to_ask_again() -> None:
    """Refused credentials are asked slowly, quotas after longer, the rest with backoff; every kind has a rule."""
    assert set(RETRIES) == set(RefusalKind)
    assert RETRIES[RefusalKind.CREDENTIALS] is Retry.SLOWLY
    assert RETRIES[RefusalKind.QUOTA] is Retry.LONGER
    assert {
        RETRIES[kind] for kind in RefusalKind if kind not in (RefusalKind.CREDENTIALS, RefusalKind.QUOTA)
    } == {Retry.BACKOFF}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_ticket_survives_the_address(ticket: str) -> None:
    """What is put into the query comes out of it."""
    url = connect_url("wss://host:443/a/path", ticket)
    assert url.isascii()
    assert parse_qs(urlsplit(url).query, keep_blank_values=True) == {"ticket": [ticket]}


@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        ("wss://h:443/connect", "wss://h:443/connect?ticket=a%2Bb"),
        ("wss://h/connect?zone=1", "wss://h/connect?zone=1&ticket=a%2Bb"),
        ("wss://h", "wss://h/?ticket=a%2Bb"),
        ("wss://h/connect#x", "wss://h/connect?ticket=a%2Bb"),
    ],
)
def test_the_ticket_joins_the_endpoint(endpoint: str, url: str) -> None:
    """The ticket comes after whatever query there is."""
    assert connect_url(endpoint, "a+b") == url


@given(st.integers(100, 599), st.binary() | st.recursive(st.none() | st.text(), st.lists).map(body))
def test_any_answer_is_classified(status: int, content: bytes) -> None:
    """No answer raises."""
    assert isinstance(classify(status, content), (Registration, Refusal))
