"""Sliding windows and whose requests they count."""

from __future__ import annotations

from typing import Any

import pytest

from prx_dingtalk_router.sandbox.prx.clock import Clock
from prx_dingtalk_router.sandbox.prx.limits import SlidingWindow


def test_refused_requests_do_not_count() -> None:
    """A client that keeps asking while refused is admitted as soon as its admitted requests are a minute old."""
    clock = Clock()
    window = SlidingWindow(2, clock)
    assert [window.admit("a"), window.admit("a")] == [True, True]
    clock.advance(30)
    assert not any(window.admit("a") for _ in range(10))
    clock.advance(31)
    assert window.admit("a")


def test_window_slides() -> None:
    """Each admitted request leaves the window by itself, not all at a minute's turn."""
    clock = Clock()
    window = SlidingWindow(2, clock)
    window.admit("a")
    clock.advance(40)
    window.admit("a")
    clock.advance(21)
    assert window.admit("a")
    assert not window.admit("a")


def test_keys_are_counted_apart_and_zero_is_unlimited() -> None:
    """One client's requests do not use up another's; a limit of 0 admits everything."""
    clock = Clock()
    window = SlidingWindow(1, clock)
    assert window.admit("a")
    assert window.admit("b")
    unlimited = SlidingWindow(0, clock)
    assert all(unlimited.admit("a") for _ in range(500))


def test_full_window_forgets_the_client_seen_longest_ago() -> None:
    """Beyond `rate_limit_max_keys` the oldest client starts anew."""
    window = SlidingWindow(1, Clock(), max_keys=2)
    assert window.admit("a")
    assert window.admit("b")
    assert window.admit("c")
    assert not window.admit("c")
    assert window.admit("a")


@pytest.mark.parametrize(
    ("trusted", "headers", "second"),
    [
        (False, {"X-Real-IP": "203.0.113.9"}, 429),
        (True, {"X-Real-IP": "203.0.113.9"}, 200),
        (True, {"X-Forwarded-For": "127.0.0.1, 203.0.113.9"}, 200),
        (True, {"X-Forwarded-For": "203.0.113.9, 127.0.0.1"}, 429),
    ],
)
async def test_forwarded_headers_name_the_client_only_when_trusted(
    launch: Any, trusted: bool, headers: dict[str, str], second: int
) -> None:
    """The per-IP limit counts the socket's address unless a trusted proxy names another; the rightmost one wins."""
    daemon = await launch(
        require_pairing=False, webhook_rate_limit_per_minute=1, trust_forwarded_headers=trusted
    )
    tokens = iter("ab")

    async def ask(more: dict[str, str]) -> int:
        response = await daemon.ask(headers={"Authorization": f"Bearer {next(tokens)}"} | more)
        return int(response.status_code)

    assert await ask({}) == 200
    assert await ask(headers) == second


async def test_api_limit_comes_before_auth_and_is_shared_by_all_calls(launch: Any) -> None:
    """All `/api` calls of a token share one limit; an unknown token is limited before it is refused."""
    daemon = await launch(api_rate_limit_per_minute=2)
    assert (await daemon.get("/api/jobs")).status_code == 200
    assert (await daemon.get("/api/status")).status_code == 200
    refused = await daemon.get("/api/runtime/tasks")
    assert refused.status_code == 429
    assert refused.json()["retry_after"] == 60
    assert "Retry-After" not in refused.headers
    wrong = {"Authorization": "Bearer zc_wrong"}
    statuses = [(await daemon.http.get("/api/jobs", headers=wrong)).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
    daemon.prx.clock.advance(61)
    assert (await daemon.get("/api/jobs")).status_code == 200


async def test_webhook_limit_applies_per_credential_too(launch: Any) -> None:
    """One token from many addresses is limited as one credential; an unauthorized request does not use it up."""
    daemon = await launch(webhook_rate_limit_per_minute=2, trust_forwarded_headers=True)
    wrong = {"Authorization": "Bearer zc_wrong"}
    for number in range(4):
        response = await daemon.http.post("/webhook", headers=wrong | {"X-Real-IP": f"198.51.100.{number}"})
        assert response.status_code == 401
    statuses = [
        (await daemon.ask(headers={"X-Real-IP": f"203.0.113.{number}"})).status_code for number in range(3)
    ]
    assert statuses == [200, 200, 429]


async def test_webhook_limit_of_the_address_comes_before_auth(launch: Any) -> None:
    """Unauthorized requests use up the limit of their address, which then answers 429 instead of 401."""
    daemon = await launch(webhook_rate_limit_per_minute=2)
    statuses = [(await daemon.http.post("/webhook", content=b"{}")).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
    assert (await daemon.ask()).status_code == 429
