"""What the jobs API says about a turn (prx-gateway.md section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.prx.outcome import Answered, Failed, Outcome, Unknown

# How far the daemon's clock may differ from ours when a job is looked for by its time.
_CLOCK_TOLERANCE_MS = 5_000
_ENDED = frozenset({"succeeded", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Job:
    """A job's snapshot. ``result`` is the body that a synchronous caller would have had."""

    job_id: str
    status: str
    kind: str = ""
    label: str = ""
    submitted_ms: int = 0
    http_status: int | None = None
    result: object = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        """Whether the turn still runs. A status that the contract does not know is no end either."""
        return self.status not in _ENDED

    def outcome(self) -> Outcome:
        """How the turn ended. ``succeeded`` alone says nothing: a failed turn has it too, with ``http_status`` 500."""
        if self.status == "cancelled":
            return Failed(text("delivery.cancelled"))
        if self.status == "failed":
            return Failed(text("delivery.failed"))
        if self.status != "succeeded":
            return Unknown(text("delivery.unknown-outcome"))
        answer = self.result.get("response") if isinstance(self.result, Mapping) else None
        if self.http_status == 200 and isinstance(answer, str):
            return Answered(answer)
        if self.http_status == 503:
            cancelled = isinstance(self.result, Mapping) and self.result.get("status") == "cancelled"
            return (
                Failed(text("delivery.cancelled")) if cancelled else Unknown(text("delivery.unknown-outcome"))
            )
        return Failed(text("delivery.failed"))


def read_job(snapshot: object) -> Job | None:
    """A snapshot as the daemon wrote it; None for anything else, such as the page of the console."""
    if not isinstance(snapshot, Mapping):
        return None
    job_id, status = snapshot.get("job_id"), snapshot.get("status")
    if not isinstance(job_id, str) or not isinstance(status, str):
        return None
    http_status, submitted = snapshot.get("http_status"), snapshot.get("submitted_at_unix_ms")
    return Job(
        job_id=job_id,
        status=status,
        kind=str(snapshot.get("kind") or ""),
        label=str(snapshot.get("label") or ""),
        submitted_ms=submitted if isinstance(submitted, int) else 0,
        http_status=http_status if isinstance(http_status, int) else None,
        result=snapshot.get("result"),
    )


def find_job(jobs: Iterable[Job], session: str, sent_at_ms: int, known: Iterable[str]) -> Job | None:
    """The job of a turn whose id never arrived, by its session and time.

    Sessions are serialised, so of all webhook jobs of the session that began since the turn was sent, and that belong
    to no other turn, the first is it.
    """
    label = f"gateway:webhook:{session}"
    others = set(known)
    candidates = [
        job
        for job in jobs
        if job.kind == "webhook"
        and job.label == label
        and job.job_id not in others
        and job.submitted_ms >= sent_at_ms - _CLOCK_TOLERANCE_MS
    ]
    return min(candidates, key=lambda job: job.submitted_ms, default=None)
