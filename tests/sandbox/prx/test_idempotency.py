"""The seven states of a key, its lifetime and its pool."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.sandbox.prx import PrxFaults
from prx_dingtalk_router.sandbox.prx.clock import Clock
from prx_dingtalk_router.sandbox.prx.idempotency import Claim, KeyStore, Verdict

MIB = 1024 * 1024


def _store(**more: int) -> tuple[KeyStore, Clock]:
    clock = Clock()
    return KeyStore(clock, **({"ttl_secs": 300, "max_keys": 0} | more)), clock


def _claimed(store: KeyStore, key: str) -> Claim:
    claim = store.claim("n", key, b"body")
    assert isinstance(claim, Claim)
    return claim


def _status(store: KeyStore, key: str, body: bytes = b"body") -> tuple[int, object]:
    verdict = store.claim("n", key, body)
    assert isinstance(verdict, Verdict)
    return verdict.status, verdict.body.get("status")


async def test_running_key(launch: Any) -> None:
    """While the first run goes on, the key answers 409 `processing` without a job id, in both modes."""
    daemon = await launch(gated=True)
    await daemon.accepted(key="k")
    for mode in ("async", "sync"):
        response = await daemon.ask(key="k", mode=mode)
        assert response.status_code == 409
        assert set(response.json()) == {"status", "idempotent", "message"}
        assert response.json()["status"] == "processing"
        assert response.json()["idempotent"] is True
    daemon.gate.open()
    await daemon.ended()
    assert len(daemon.prx.turns) == 1


async def test_succeeded_key_replays_the_answer(launch: Any) -> None:
    """After success the key answers 200 `duplicate` with the same response id, also in async mode."""
    daemon = await launch()
    first = (await daemon.ask(key="k")).json()
    for mode in ("async", "sync"):
        replay = await daemon.ask(key="k", mode=mode)
        assert replay.status_code == 200
        assert replay.json() == {"status": "duplicate", "idempotent": True, **first}
    assert len(daemon.prx.turns) == 1


async def test_answer_over_one_mib_is_not_replayed(launch: Any) -> None:
    """A too large answer is reported once; the key then gives its id and SHA-256(response, NUL, model)."""
    daemon = await launch(faults=PrxFaults(answer_bytes=MIB + 1))
    first = (await daemon.ask(key="k")).json()
    assert len(first["response"].encode()) == MIB + 1
    replay = await daemon.ask(key="k")
    assert replay.status_code == 409
    body = replay.json()
    assert set(body) == {"status", "idempotent", "response_id", "result_hash", "message"}
    assert body["status"] == "replay_unavailable"
    assert body["response_id"] == first["response_id"]
    raw = first["response"].encode() + b"\0" + first["model"].encode()
    assert body["result_hash"] == hashlib.sha256(raw).hexdigest()


async def test_answer_of_one_mib_is_replayed(launch: Any) -> None:
    """Exactly 1 MiB is still kept."""
    daemon = await launch(faults=PrxFaults(answer_bytes=MIB))
    await daemon.ask(key="k")
    assert (await daemon.ask(key="k")).json()["status"] == "duplicate"


@pytest.mark.parametrize(("fail", "status"), [("error", 500), ("unstored", 503), ("abnormal", 500)])
async def test_failed_key_is_not_run_again(launch: Any, fail: str, status: int) -> None:
    """A turn that failed after its start leaves 409 `retry_unavailable`."""
    daemon = await launch(faults=PrxFaults(fail=fail))
    first = await daemon.ask(key="k")
    assert first.status_code == status
    assert list(first.json()) == ["error"]
    daemon.prx.faults.fail = ""
    replay = await daemon.ask(key="k")
    assert (replay.status_code, replay.json()["status"]) == (409, "retry_unavailable")
    assert len(daemon.prx.turns) == 1


async def test_key_that_failed_before_any_side_effect_runs_again(launch: Any) -> None:
    """A 403 from inside the job ran nothing and frees the key."""
    daemon = await launch(faults=PrxFaults(fail="denied"))
    assert (await daemon.ask(key="k")).status_code == 403
    daemon.prx.faults.fail = ""
    assert (await daemon.ask(key="k")).status_code == 200
    assert len(daemon.prx.turns) == 1


async def test_other_body_conflicts(launch: Any) -> None:
    """The fingerprint is of the raw bytes: another blank is another request, whatever the state of the key."""
    daemon = await launch()
    await daemon.ask(body=b'{"message":"hi"}', key="k")
    conflict = await daemon.ask(body=b'{"message": "hi"}', key="k")
    assert (conflict.status_code, conflict.json()["status"]) == (409, "request_conflict")
    assert (await daemon.ask(body=b'{"message":"hi"}', key="k")).json()["status"] == "duplicate"


async def test_full_store(launch: Any) -> None:
    """Without room a keyed request answers 503 `retryable` and runs nothing; one without a key still runs."""
    daemon = await launch(faults=PrxFaults(store_full=True))
    response = await daemon.ask(key="k")
    assert response.status_code == 503
    assert set(response.json()) == {"error", "retryable"}
    assert response.json()["retryable"] is True
    assert daemon.prx.turns == []
    assert (await daemon.ask()).status_code == 200


async def test_at_most_32_keyed_requests_in_flight(launch: Any) -> None:
    """Each running keyed request reserves 1 MiB of the 32 MiB pool, so the 33rd is refused until one ends."""
    daemon = await launch(gated=True)
    for number in range(32):
        await daemon.accepted(key=f"k{number}")
    refused = await daemon.ask(key="k32", mode="async")
    assert (refused.status_code, refused.json()["retryable"]) == (503, True)
    daemon.gate.open()
    await daemon.ended(32)
    assert (await daemon.ask(key="k32", mode="async")).status_code == 202
    await daemon.ended(33)


async def test_cancelled_key_is_not_run_again(launch: Any) -> None:
    """Cancelling gives the sync waiter 503 `cancelled` and leaves `retry_unavailable`."""
    daemon = await launch(gated=True)
    asking = asyncio.create_task(daemon.ask(key="k"))
    await daemon.started()
    job_id = (await daemon.get("/api/jobs")).json()["jobs"][0]["job_id"]
    assert (await daemon.post(f"/api/jobs/{job_id}/cancel")).status_code == 200
    waited = await asking
    assert (waited.status_code, waited.json()["status"]) == (503, "cancelled")
    assert set(waited.json()) == {"error", "status"}
    assert (await daemon.ask(key="k")).json()["status"] == "retry_unavailable"


def test_lifetime_counts_from_the_end_of_the_run() -> None:
    """A running key never expires; a finished one does after the TTL, and then runs again."""
    store, clock = _store(ttl_secs=300)
    claim = _claimed(store, "k")
    clock.advance(10_000)
    assert _status(store, "k") == (409, "processing")
    store.failed(claim)
    clock.advance(299)
    assert _status(store, "k") == (409, "retry_unavailable")
    clock.advance(2)
    _claimed(store, "k")


def test_ttl_of_zero_is_one_second() -> None:
    """`idempotency_ttl_secs = 0` keeps keys for one second."""
    store, clock = _store(ttl_secs=0)
    store.failed(_claimed(store, "k"))
    assert _status(store, "k") == (409, "retry_unavailable")
    clock.advance(1)
    _claimed(store, "k")


def test_keys_are_not_evicted_early() -> None:
    """At `idempotency_max_keys` new keys are refused until old ones expire."""
    store, clock = _store(max_keys=2)
    for key in ("a", "b"):
        store.failed(_claimed(store, key))
    assert _status(store, "c") == (503, None)
    assert _status(store, "a") == (409, "retry_unavailable")
    clock.advance(301)
    _claimed(store, "c")


def test_kept_answers_share_the_pool() -> None:
    """Kept answers take their size from the pool until they expire; too large ones take nothing."""
    store, clock = _store()
    for number in range(31):
        claim = _claimed(store, f"kept{number}")
        store.succeeded(claim, response="x" * MIB, model="m", response_id="r")
    store.succeeded(_claimed(store, "large"), response="x" * (MIB + 1), model="m", response_id="r")
    running = _claimed(store, "running")
    assert _status(store, "refused") == (503, None)
    store.release(running)
    store.succeeded(_claimed(store, "tiny"), response="x", model="m", response_id="r")
    assert _status(store, "refused") == (503, None)
    clock.advance(301)
    _claimed(store, "refused")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["claim", "succeed", "fail", "release", "wait"]), st.integers(0, 5)),
        max_size=60,
    )
)
def test_the_pool_holds_what_the_keys_hold(steps: list[tuple[str, int]]) -> None:
    """Whatever happens to keys, the pool is the sum of their shares, and empty once all have expired."""
    store, clock = _store()
    running: dict[int, Claim] = {}
    for step, number in steps:
        if step == "wait":
            clock.advance(number * 60)
        elif step == "claim":
            claim = store.claim("n", str(number), b"body")
            if isinstance(claim, Claim):
                running[number] = claim
        elif number in running:
            claim = running.pop(number)
            if step == "succeed":
                store.succeeded(claim, response="x" * number, model="m", response_id="r")
            else:
                (store.failed if step == "fail" else store.release)(claim)
        assert store._pooled == sum(record.pooled_bytes for record in store._records.values())
    for claim in running.values():
        store.failed(claim)
    clock.advance(301)
    store.claim("other", "k", b"body")
    assert len(store._records) == 1
    assert store._pooled == MIB


def test_namespaces_are_apart() -> None:
    """The same key in two namespaces is two keys."""
    store, _ = _store()
    assert isinstance(store.claim("one", "k", b"a"), Claim)
    assert isinstance(store.claim("two", "k", b"b"), Claim)
