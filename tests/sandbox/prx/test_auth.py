"""The three layers of authentication."""

from __future__ import annotations

from typing import Any

import pytest

from prx_dingtalk_router.sandbox.prx.auth import Tokens, sign, token_hash

SECRET = "demo-signing-secret"
BODY = '{"message":"你好，查一下今日排班","reply_target":"dingtalk:ding1abc:user:manager7"}'.encode()
SIGNATURE = "a8e58976cdfe4a4a8a4cb33a3ab1f6fef1d7852f18def3d9c4e332a9191dde74"
TOKEN = "zc_" + "0123456789abcdef" * 4
TOKEN_HASH = "c5909d06c1088c2aa88a4fcb0367a9f2621f2f962c387d13aa8e5605c06c155d"


def test_signature_vector() -> None:
    """The signature of the protocol document's 93-byte body comes out as written there."""
    assert len(BODY) == 93
    assert sign(f" {SECRET}\n", BODY) == SIGNATURE


def test_token_hash_vector() -> None:
    """The hash of the protocol document's token comes out as written there and lets the token in."""
    assert token_hash(TOKEN) == TOKEN_HASH
    assert Tokens([TOKEN_HASH]).accepts(TOKEN)
    assert Tokens([TOKEN_HASH.upper()]).accepts(TOKEN)
    assert Tokens([TOKEN]).accepts(TOKEN)
    assert not Tokens([TOKEN_HASH]).accepts(TOKEN_HASH)


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 401),
        ("", 401),
        ("Bearer", 401),
        (f"bearer {TOKEN}", 401),
        (f"Bearer{TOKEN}", 401),
        (f"Basic {TOKEN}", 401),
        (f"Bearer {TOKEN}x", 401),
        (f"Bearer {TOKEN_HASH}", 401),
        (f"Bearer {TOKEN}", 200),
        (f"Bearer   {TOKEN}", 200),
    ],
)
async def test_bearer(launch: Any, header: str | None, status: int) -> None:
    """The scheme is case-sensitive, the token is trimmed, and a hash is no token; `/webhook` and `/api` agree."""
    daemon = await launch(paired_tokens=(TOKEN_HASH,))
    headers = {} if header is None else {"Authorization": header}
    assert (await daemon.http.post("/webhook", content=BODY, headers=headers)).status_code == status
    response = await daemon.http.get("/api/status", headers=headers)
    assert response.status_code == status
    assert (list(response.json()) == ["error"]) == (status == 401)


async def test_without_pairing_no_token_is_checked_anywhere(launch: Any) -> None:
    """`require_pairing = false` opens the webhook and `/api`; there is no token and no code."""
    daemon = await launch(require_pairing=False)
    assert daemon.prx.token == ""
    assert daemon.prx.pairing_code is None
    assert (await daemon.http.post("/webhook", content=BODY)).status_code == 200
    assert (await daemon.http.get("/api/jobs")).status_code == 200


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 401),
        ("", 401),
        (SIGNATURE, 200),
        (SIGNATURE.upper(), 200),
        (f"sha256={SIGNATURE}", 200),
        (f"SHA256={SIGNATURE}", 401),
        (f"sha256= {SIGNATURE}", 401),
        (SIGNATURE[:-1] + "5", 401),
        (SIGNATURE[:-2], 401),
        ("zz" * 32, 401),
    ],
)
async def test_signature(launch: Any, header: str | None, status: int) -> None:
    """Hex in either case with an optional, case-sensitive prefix passes; anything else is 401."""
    daemon = await launch(require_pairing=False, signing_secret=SECRET)
    headers = {} if header is None else {"X-Webhook-Signature": header}
    assert (await daemon.http.post("/webhook", content=BODY, headers=headers)).status_code == status


async def test_signature_covers_the_raw_bytes(launch: Any) -> None:
    """The same JSON with another blank needs another signature."""
    daemon = await launch(signing_secret=SECRET)
    response = await daemon.ask(body=BODY.replace(b":", b": ", 1), headers={"X-Webhook-Signature": SIGNATURE})
    assert response.status_code == 401


@pytest.mark.parametrize(("header", "status"), [(None, 401), ("wrong", 401), ("hook-token", 200)])
async def test_webhook_token(launch: Any, header: str | None, status: int) -> None:
    """With a webhook token configured the header must carry it; both are trimmed."""
    daemon = await launch(webhook_token="hook-token\n")
    headers = {} if header is None else {"X-Webhook-Token": header}
    assert (await daemon.ask(headers=headers)).status_code == status


async def test_api_needs_the_bearer_only(launch: Any) -> None:
    """Webhook token and signature guard the webhook, never `/api`."""
    daemon = await launch(webhook_token="hook-token", signing_secret=SECRET)
    assert (await daemon.get("/api/jobs")).status_code == 200
    assert (await daemon.ask()).status_code == 401


async def test_keys_live_in_the_namespace_of_their_credential(launch: Any) -> None:
    """The same key under two tokens is two keys; without pairing, callers share one namespace."""
    daemon = await launch(paired_tokens=("first-token", "second-token"))
    answers = [
        (await daemon.ask("hi", key="k1", headers={"Authorization": f"Bearer {token}"})).json()
        for token in ("first-token", "second-token", "first-token")
    ]
    assert ["idempotent" in answer for answer in answers] == [False, False, True]
    open_daemon = await launch("open", require_pairing=False)
    answers = [
        (await open_daemon.ask("hi", key="k1", headers={"Authorization": f"Bearer {token}"})).json()
        for token in ("a", "b")
    ]
    assert ["idempotent" in answer for answer in answers] == [False, True]


async def test_secrets_stay_out_of_reprs(launch: Any) -> None:
    """Settings show no token and no secret."""
    daemon = await launch(paired_tokens=(TOKEN,), webhook_token="hook-token", signing_secret=SECRET)
    shown = repr(daemon.prx._daemon.settings)
    assert not any(secret in shown for secret in (TOKEN, "hook-token", SECRET))
