"""`POST /webhook`: order of checks, sync and async results."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.prx.auth import sign

TARGET = "dingtalk:ding1abc:user:manager7"


async def test_async_request_gives_a_job_whose_result_is_the_sync_body(launch: Any) -> None:
    """202 names the job; polled after its end it holds what a sync request would have answered."""
    daemon = await launch()
    response = await daemon.ask("查一下今日排班", mode="async")
    assert response.status_code == 202
    accepted = response.json()
    job_id = accepted["job_id"]
    assert str(uuid.UUID(job_id)) == job_id
    assert accepted == {
        "status": "accepted",
        "job_id": job_id,
        "work_id": "w1",
        "kind": "webhook",
        "poll_url": f"/api/jobs/{job_id}",
        "cancel_url": f"/api/jobs/{job_id}/cancel",
    }
    await daemon.ended()
    job = await daemon.job(job_id)
    assert job["status"] == "succeeded"
    assert job["http_status"] == 200
    assert job["label"] == f"gateway:webhook:{TARGET}"
    assert job["error"] is None
    assert set(job["result"]) == {"response", "model", "response_id"}
    assert "查一下今日排班" in job["result"]["response"]


async def test_sync_request_waits_and_reads_the_same_job_record(launch: Any) -> None:
    """The sync 200 body is the `result` of the job that the list shows."""
    daemon = await launch()
    response = await daemon.ask()
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/json")
    listed = (await daemon.get("/api/jobs")).json()
    assert listed["total"] == 1
    assert listed["jobs"][0]["result"] == response.json()
    assert response.json()["model"] == "anthropic/claude-sonnet-4"


@pytest.mark.parametrize(
    ("query", "prefer", "status"),
    [
        ("ASYNC", None, 202),
        ("Async", None, 202),
        ("sync", None, 200),
        ("", None, 200),
        (None, "respond-async", 202),
        (None, "return=minimal, respond-async", 202),
        (None, "Respond-Async", 202),
        (None, "respond-async; wait=5", 200),
        (None, "respond-asynchronously", 200),
    ],
)
async def test_async_switch(launch: Any, query: str | None, prefer: str | None, status: int) -> None:
    """`mode=async` in any case or `respond-async` alone in `Prefer` asks for a job; anything else waits."""
    daemon = await launch()
    response = await daemon.ask(mode=query, headers={} if prefer is None else {"Prefer": prefer})
    assert response.status_code == status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'"text"',
        b"{}",
        b'{"message":null}',
        b'{"message":7}',
        b'{"message":"x","reply_target":7}',
        b'{"message":"x","reply_target":["a"]}',
        b'{"message":"\xff"}',
        b'{"message":"\\ud800"}',
        b'{"message":"x","n":NaN}',
        b"[" * 60_000,
        b'{"message":"x","message":"y"}',
        b'{"message":"x","reply_target":null,"reply_target":"t"}',
    ],
)
async def test_bad_body_is_400(launch: Any, body: bytes) -> None:
    """What is not a JSON object with a string `message` is refused with a flat error, and nothing runs."""
    daemon = await launch()
    response = await daemon.ask(body=body)
    assert response.status_code == 400
    assert list(response.json()) == ["error"]
    assert daemon.prx.turns == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"message":""}',
        b'{"message":"x","reply_target":null,"more":[1]}',
        b' {"message":"x"}\n',
        b'{"message":"x","more":1,"more":{"message":1,"message":2}}',
    ],
)
async def test_body_that_prx_accepts(launch: Any, body: bytes) -> None:
    """An empty message, a null target and unknown keys are accepted; the content type is not looked at."""
    daemon = await launch()
    response = await daemon.ask(body=body, headers={"Content-Type": "text/plain"})
    assert response.status_code == 200
    assert (await daemon.get("/api/jobs")).json()["jobs"][0]["label"] == "gateway:webhook:anonymous"


@pytest.mark.parametrize(("key", "status"), [("k" * 257, 400), ("a b", 400), ("é", 400), ("k" * 256, 202)])
async def test_idempotency_header(launch: Any, key: str, status: int) -> None:
    """A key has at most 256 visible ASCII characters, otherwise 400."""
    daemon = await launch()
    response = await daemon.ask(mode="async", headers={"X-Idempotency-Key": key.encode()})
    assert response.status_code == status


async def test_empty_key_is_no_key(launch: Any) -> None:
    """An empty header is as good as none: the message runs twice."""
    daemon = await launch()
    for _ in range(2):
        assert (await daemon.ask(key="")).status_code == 200
    assert len(daemon.prx.turns) == 2


async def test_order_of_checks(launch: Any) -> None:
    """A request that is wrong in every way is told its faults in the order of the protocol, one by one."""
    daemon = await launch(
        webhook_rate_limit_per_minute=6,
        webhook_token="hook-token",
        signing_secret="secret",
        trust_forwarded_headers=True,
        autonomy="read_only",
    )
    good_body = b'{"message":"hi"}'

    async def answer(ip: str, body: bytes, **headers: str) -> int:
        sent = {"X-Real-IP": ip} | {name.replace("_", "-"): value for name, value in headers.items()}
        return int((await daemon.http.post("/webhook", content=body, headers=sent)).status_code)

    bearer = daemon.auth["Authorization"]
    for _ in range(6):
        assert await answer("crowded", b"") == 401
    assert await answer("crowded", b"x" * 65_537) == 413
    assert await answer("crowded", b"x") == 429
    assert await answer("a", b"x", X_Idempotency_Key="bad key") == 401
    assert await answer("a", b"x", Authorization=bearer) == 401
    assert await answer("a", b"x", Authorization=bearer, X_Webhook_Token="hook-token") == 401

    def passing(body: bytes, **more: str) -> dict[str, str]:
        layers = {
            "Authorization": bearer,
            "X_Webhook_Token": "hook-token",
            "X_Webhook_Signature": sign("secret", body),
        }
        return layers | more

    assert await answer("b", b"x", **passing(b"x", X_Idempotency_Key="bad key")) == 400
    assert await answer("b", good_body, **passing(good_body, X_Idempotency_Key="bad key")) == 400
    assert await answer("b", good_body, **passing(good_body, X_Idempotency_Key="good-key")) == 403
    assert await answer("b", good_body, **passing(good_body)) == 500
    for _ in range(2):
        assert await answer("c", b"x", **passing(b"x")) == 400
    assert await answer("c", b"x", **passing(b"x")) == 429
    assert await answer("c", b"x") == 401


async def test_body_limit_is_65536_raw_bytes(launch: Any) -> None:
    """65,536 bytes pass, one more is 413 in plain text, declared or chunked, before any other check."""
    daemon = await launch()

    def body(size: int) -> bytes:
        return json.dumps({"message": "x" * (size - 15)}).encode()

    assert len(body(65_536)) == 65_536
    assert (await daemon.ask(body=body(65_536), mode="async")).status_code == 202
    declared = await daemon.http.post("/webhook", content=body(65_537))
    assert declared.status_code == 413
    assert declared.headers["Content-Type"].startswith("text/plain")
    assert declared.text == "length limit exceeded"

    async def pieces() -> Any:
        yield body(65_536)
        yield b" "

    chunked = await daemon.http.post("/webhook", content=pieces())
    assert chunked.status_code == 413
    assert chunked.headers["Content-Type"].startswith("text/plain")


async def test_compressed_body_is_taken_as_raw_bytes(launch: Any) -> None:
    """Nothing is decompressed: signature and fingerprint are of the bytes on the wire."""
    daemon = await launch()
    assert (await daemon.ask(headers={"Content-Encoding": "gzip"})).status_code == 200


async def test_turn_goes_on_after_a_sync_client_left(launch: Any) -> None:
    """A dropped connection never stops a started turn, and its result is in the job list."""
    daemon = await launch(gated=True)
    asking = asyncio.create_task(daemon.ask("慢一点"))
    await daemon.started()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    daemon.gate.open()
    ended = await daemon.ended()
    assert ended.status == "succeeded"
    job = (await daemon.get("/api/jobs")).json()["jobs"][0]
    assert job["result"]["response"] == "after the gate: 慢一点"


async def test_turns_of_one_target_run_side_by_side(launch: Any) -> None:
    """There is no lock per conversation: two turns of one target run at once."""
    daemon = await launch(gated=True)
    await daemon.accepted("一")
    await daemon.accepted("二")
    await daemon.started(2)
    assert [turn.status for turn in daemon.prx.turns] == ["running", "running"]
    daemon.gate.open()
    await daemon.ended(2)
