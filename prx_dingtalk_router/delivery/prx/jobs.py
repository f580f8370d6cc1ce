"""What the jobs API says about a turn (prx-gateway.md section 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.journal.entry import TurnState
from prx_dingtalk_router.delivery.prx.documents import read_json
from prx_dingtalk_router.delivery.prx.numbers import whole
from prx_dingtalk_router.delivery.prx.outcome import Answered, Failed, TurnOutcome, Unknown

# How far the daemon's clock may differ from ours when a job is looked for by its time.
_CLOCK_TOLERANCE_MS = 5_000
_MOST_TIME_MS = 10**14
_ENDED = frozenset({"succeeded", "failed", "cancelled"})


class _Snapshot(msgspec.Struct):
    """A job as it is written. Its result is left as it stands, since most are never asked for, and may be long."""

    job_id: object = None
    status: object = None
    kind: object = None
    label: object = None
    submitted_at_unix_ms: object = None
    http_status: object = None
    result: msgspec.Raw = msgspec.Raw(b"null")


class _List(msgspec.Struct):
    """The list of jobs: each for itself, so that one that is odd does not make the others unreadable."""

    jobs: list[msgspec.Raw]


class _Result(msgspec.Struct):
    """What a synchronous caller would have been told."""

    response: object = None
    status: object = None


_SNAPSHOT = msgspec.json.Decoder(_Snapshot)
_LIST = msgspec.json.Decoder(_List)
_RESULT = msgspec.json.Decoder(_Result)


@dataclass(frozen=True, slots=True)
class Job:
    """A job's snapshot. ``result`` is the body that a synchronous caller would have had, as JSON that nobody has read yet."""

    job_id: str
    status: str
    kind: str = ""
    label: str = ""
    submitted_ms: int = 0
    http_status: int | None = None
    result: bytes = field(default=b"null", repr=False)

    @property
    def running(self) -> bool:
        """Whether the turn still runs. A status that the contract does not know is no end either."""
        return self.status not in _ENDED

    def outcome(self) -> TurnOutcome:
        """How the turn ended. ``succeeded`` alone says nothing: a failed turn has it too, with ``http_status`` 500."""
        if self.status == "cancelled":
            return Failed(text("delivery.cancelled"))
        if self.status == "failed":
            return Failed(text("delivery.failed"))
        if self.status != "succeeded":
            return Unknown(text("delivery.unknown-outcome"))
        result = read_json(self.result, _RESULT) or _Result()
        if self.http_status == 200 and isinstance(result.response, str):
            return Answered(result.response)
        if self.http_status == 503:
            cancelled = result.status == "cancelled"
            return (
                Failed(text("delivery.cancelled")) if cancelled else Unknown(text("delivery.unknown-outcome"))
            )
        return Failed(text("delivery.failed"))


def read_job(content: bytes) -> Job | None:
    """A snapshot as the daemon wrote it; None for anything else, such as the page of the console."""
    snapshot = read_json(content, _SNAPSHOT)
    return None if snapshot is None else _job(snapshot)


def read_jobs(content: bytes) -> tuple[Job, ...] | None:
    """The snapshots of a list, those that cannot be read left out; None for what is no list of jobs."""
    listed = read_json(content, _LIST)
    if listed is None:
        return None
    snapshots = (read_json(each, _SNAPSHOT) for each in listed.jobs)
    jobs = (_job(snapshot) for snapshot in snapshots if snapshot is not None)
    return tuple(job for job in jobs if job is not None)


def _job(snapshot: _Snapshot) -> Job | None:
    if not isinstance(snapshot.job_id, str) or not isinstance(snapshot.status, str):
        return None
    return Job(
        job_id=snapshot.job_id,
        status=snapshot.status,
        kind=str(snapshot.kind or ""),
        label=str(snapshot.label or ""),
        submitted_ms=whole(snapshot.submitted_at_unix_ms, _MOST_TIME_MS) or 0,
        http_status=whole(snapshot.http_status, 999),
        result=bytes(snapshot.result),
    )


def jobs_since(jobs: Iterable[Job], session: str, sent_at_ms: int) -> list[Job]:
    """The jobs that may be that of a turn whose id never arrived, by its session and time, the first to begin first.

    Those of the turns just before are among them, since the clocks of two machines differ.
    """
    label = f"gateway:webhook:{session}"
    candidates = [
        job
        for job in jobs
        if job.kind == "webhook"
        and job.label == label
        and job.submitted_ms >= sent_at_ms - _CLOCK_TOLERANCE_MS
    ]
    return sorted(candidates, key=lambda job: job.submitted_ms)


def surely_own(free: Sequence[Job], jobless: Collection[TurnState]) -> Job | None:
    """The job that can be no other turn's; None where there is none, or that cannot be told.

    Args:
        free: the jobs of the session that are not known to be another turn's, the first to begin first.
        jobless: how earlier turns of the session stand whose job was never named: each may have had one of these.
    """
    if any(state != "answered" for state in jobless):
        return None  # what was sent for them may be on its way still
    running = [job for job in free if job.running]
    if running:
        return running[-1]  # as those that were answered do not run
    return None if jobless or not free else free[-1]
