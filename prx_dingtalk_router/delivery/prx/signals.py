"""What comes back from a dispatch, and which row of the retry table it is (prx-gateway.md sections 5 and 15.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Unsent:
    """The request did not leave: refused, no such name, no route."""


@dataclass(frozen=True, slots=True)
class NotReady:
    """Nothing was sent: the daemon says of itself that its gateway takes nothing now (section 8)."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The request may have arrived, its answer did not."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer.

    Attributes:
        status: of HTTP.
        payload: the body; None when it is no JSON at all, empty when it is JSON without anything to go by.
        retry_after: the header's, in seconds.
    """

    status: int
    payload: Mapping[str, object] | None
    retry_after: float | None = None


TurnSignal = Unsent | NotReady | Interrupted | Response


class Row(StrEnum):
    """The rows of the retry table."""

    UNSENT = "unsent"
    NOT_READY = "not ready"
    INTERRUPTED = "interrupted"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    STARTED = "started"
    BAD_REQUEST = "bad request"
    TOO_LARGE = "too large"
    MISCONFIGURED = "misconfigured"
    PROCESSING = "processing"
    RETRY_UNAVAILABLE = "retry unavailable"
    REPLAY_UNAVAILABLE = "replay unavailable"
    CONFLICT = "conflict"
    RATE_LIMITED = "rate limited"
    FAILED = "failed"
    STORE_FULL = "store full"
    CANCELLED = "cancelled"
    RESULT_LOST = "result lost"


_CONFLICTS = {
    "processing": Row.PROCESSING,
    "retry_unavailable": Row.RETRY_UNAVAILABLE,
    "replay_unavailable": Row.REPLAY_UNAVAILABLE,
    "request_conflict": Row.CONFLICT,
}


def row(signal: TurnSignal) -> Row:
    """The row that a signal belongs to. Branches on status codes, keys and tags only, never on free text."""
    match signal:
        case Unsent():
            return Row.UNSENT
        case NotReady():
            return Row.NOT_READY
        case Interrupted():
            return Row.INTERRUPTED
        case Response(status=status, payload=payload):
            return _row_of_response(status, payload)


def _row_of_response(status: int, payload: Mapping[str, object] | None) -> Row:
    # The body of a 413 is plain text by contract, those of proxies' 502, 503 and 504 are anything.
    if status == 413:
        return Row.TOO_LARGE
    if status == 429:
        return Row.RATE_LIMITED
    if status in (502, 504) or (status == 503 and payload is None):
        return Row.INTERRUPTED
    if status == 500:
        return Row.FAILED
    if payload is None:
        return Row.MISCONFIGURED
    if 200 <= status < 300:
        return _row_of_success(status, payload)
    if status == 400:
        return Row.BAD_REQUEST
    if status == 409:
        return _CONFLICTS.get(str(payload.get("status")), Row.RESULT_LOST)
    if status == 503:
        if payload.get("retryable") is True:
            return Row.STORE_FULL
        if payload.get("status") == "cancelled":
            return Row.CANCELLED
        return Row.RESULT_LOST if "error" in payload else Row.INTERRUPTED
    if status > 500:
        return Row.RESULT_LOST
    return Row.MISCONFIGURED


def _row_of_success(status: int, payload: Mapping[str, object]) -> Row:
    """A turn that was taken. Whatever else is missing, it has started: nobody else may be asked."""
    if status == 200 and isinstance(payload.get("response"), str):
        return Row.ANSWERED
    job_id = payload.get("job_id")
    return Row.ACCEPTED if isinstance(job_id, str) and job_id.strip() else Row.STARTED
