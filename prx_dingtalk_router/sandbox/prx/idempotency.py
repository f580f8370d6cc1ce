"""Idempotency keys: the seven states of a key and the pool that bounds them (prx-gateway.md section 5.4)."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.sandbox.prx.clock import Clock

MIB = 1024 * 1024
POOL_BYTES = 32 * MIB
RESERVATION_BYTES = MIB
LARGEST_KEPT_ANSWER_BYTES = MIB
DEFAULT_MAX_KEYS = 10_000

KeyState = Literal["running", "succeeded", "too_large", "failed"]


@dataclass(slots=True)
class KeyRecord:
    """What is known under one key."""

    fingerprint: bytes
    state: KeyState
    pooled_bytes: int
    response: str = ""
    model: str = ""
    response_id: str = ""
    result_hash: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run a keyed request; goes back to the store when the run has ended."""

    namespace: str
    key: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a keyed request that does not run."""

    status: int
    body: dict[str, object]


class KeyStore:
    """The keys of one process.

    Args:
        clock: whose seconds lifetimes count.
        ttl_secs: lifetime from the end of the run; 0 = 1.
        max_keys: keys kept at once, without early eviction; 0 = 10,000.
    """

    def __init__(self, clock: Clock, *, ttl_secs: int, max_keys: int) -> None:
        self._clock = clock
        self._ttl = ttl_secs or 1
        self._max_keys = max_keys or DEFAULT_MAX_KEYS
        self._records: dict[tuple[str, str], KeyRecord] = {}
        self._ended: deque[tuple[float, tuple[str, str]]] = deque()
        self._pooled = 0

    def claim(self, namespace: str, key: str, body: bytes, *, full: bool = False) -> Claim | Verdict:
        """Claim ``key`` for the raw ``body``, or say what its state answers.

        Args:
            namespace: the credential that authenticated.
            key: the trimmed header.
            body: the raw bytes; their SHA-256 is the fingerprint.
            full: behave as if the store had no room.
        """
        self._expire()
        fingerprint = hashlib.sha256(body).digest()
        record = self._records.get((namespace, key))
        if record is not None:
            return _verdict(record, fingerprint)
        if full or len(self._records) >= self._max_keys or self._pooled + RESERVATION_BYTES > POOL_BYTES:
            return Verdict(
                503, {"error": "the idempotency store is full, try again later", "retryable": True}
            )
        self._pooled += RESERVATION_BYTES
        self._records[namespace, key] = KeyRecord(fingerprint, "running", RESERVATION_BYTES)
        return Claim(namespace, key)

    def succeeded(self, claim: Claim, *, response: str, model: str, response_id: str) -> None:
        """Keep the answer of a run, or only its hash when it is over 1 MiB."""
        record = self._end(claim)
        record.response_id = response_id
        raw = response.encode()
        if len(raw) > LARGEST_KEPT_ANSWER_BYTES:
            record.state = "too_large"
            record.result_hash = hashlib.sha256(raw + b"\0" + model.encode()).hexdigest()
            return
        record.state, record.response, record.model = "succeeded", response, model
        record.pooled_bytes = len(raw)
        self._pooled += len(raw)

    def failed(self, claim: Claim) -> None:
        """Remember a run that failed or was cancelled after its start: it is not run again."""
        self._end(claim).state = "failed"

    def release(self, claim: Claim) -> None:
        """Forget a run that ended before any side effect: the key may run again."""
        self._unpool(claim)
        del self._records[claim.namespace, claim.key]

    def _end(self, claim: Claim) -> KeyRecord:
        self._ended.append((self._clock.monotonic(), (claim.namespace, claim.key)))
        return self._unpool(claim)

    def _unpool(self, claim: Claim) -> KeyRecord:
        record = self._records[claim.namespace, claim.key]
        self._pooled -= record.pooled_bytes
        record.pooled_bytes = 0
        return record

    def _expire(self) -> None:
        now = self._clock.monotonic()
        while self._ended and now - self._ended[0][0] >= self._ttl:
            _, name = self._ended.popleft()
            self._pooled -= self._records.pop(name).pooled_bytes


def _verdict(record: KeyRecord, fingerprint: bytes) -> Verdict:
    if record.fingerprint != fingerprint:
        return _conflict("request_conflict", "this key was used with another body")
    if record.state == "running":
        return _conflict("processing", "a request with this key is still running")
    if record.state == "failed":
        return _conflict("retry_unavailable", "the first run ended without a result and is not repeated")
    if record.state == "too_large":
        return _conflict(
            "replay_unavailable",
            "the first run succeeded, but its result is too large to be kept",
            response_id=record.response_id,
            result_hash=record.result_hash,
        )
    return Verdict(
        200,
        {
            "status": "duplicate",
            "idempotent": True,
            "response": record.response,
            "model": record.model,
            "response_id": record.response_id,
        },
    )


def _conflict(status: str, message: str, **more: object) -> Verdict:
    return Verdict(409, {"status": status, "idempotent": True, **more, "message": message})
