"""Job records: retention, cancellation, snapshots."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.prx import PrxFaults
from prx_dingtalk_router.sandbox.prx.clock import Clock
from prx_dingtalk_router.sandbox.prx.jobs import Job, JobStore, Outcome, ProcessGone

TEN_KEYS = {
    "job_id",
    "kind",
    "label",
    "work_id",
    "status",
    "submitted_at_unix_ms",
    "elapsed_ms",
    "http_status",
    "result",
    "error",
}


async def _done(_job: Job) -> Outcome:
    return Outcome(200, {})


async def _finished(store: JobStore) -> Job:
    job = store.submit("webhook", "label", _done)
    await job.done.wait()
    return job


async def test_snapshot_of_a_running_job(launch: Any) -> None:
    """All ten keys are there from the start; what is not known yet is null."""
    daemon = await launch(gated=True)
    job = await daemon.job(await daemon.accepted())
    assert set(job) == TEN_KEYS
    assert (job["kind"], job["status"]) == ("webhook", "running")
    assert job["http_status"] is job["result"] is job["error"] is None
    assert abs(job["submitted_at_unix_ms"] - daemon.prx.clock.unix_ms()) < 60_000
    daemon.prx.clock.advance(7)
    assert (await daemon.job(job["job_id"]))["elapsed_ms"] >= 7000


@pytest.mark.parametrize(("fail", "status"), [("error", 500), ("denied", 403), ("unstored", 503)])
async def test_failed_turn_is_a_succeeded_job(launch: Any, fail: str, status: int) -> None:
    """A turn that failed leaves `succeeded` with its HTTP status, the error body as result, and no `error`."""
    daemon = await launch(faults=PrxFaults(fail=fail))
    job_id = await daemon.accepted()
    await daemon.prx._daemon.process.jobs.get(job_id).done.wait()
    job = await daemon.job(job_id)
    assert (job["status"], job["http_status"], job["error"]) == ("succeeded", status, None)
    assert list(job["result"]) == ["error"]


async def test_abnormal_end_is_a_failed_job(launch: Any) -> None:
    """A turn's task that broke leaves `failed` with an error text, no status and no result."""
    daemon = await launch(faults=PrxFaults(fail="abnormal"))
    job_id = await daemon.accepted()
    await daemon.ended()
    job = await daemon.job(job_id)
    assert (job["status"], job["http_status"], job["result"]) == ("failed", None, None)
    assert job["error"]


async def test_cancel_kills_a_running_job(launch: Any) -> None:
    """Cancel names the work item as killed; the record ends `cancelled` with nothing in it."""
    daemon = await launch(gated=True)
    job_id = await daemon.accepted()
    await daemon.started()
    response = await daemon.post(f"/api/jobs/{job_id}/cancel")
    assert response.status_code == 200
    assert response.json() == {"job_id": job_id, "work_id": "w1", "targets": ["w1:killed"]}
    job = await daemon.job(job_id)
    assert job["status"] == "cancelled"
    assert job["http_status"] is job["result"] is job["error"] is None
    assert daemon.prx.turns[0].status == "cancelled"


async def test_cancel_of_a_finished_job_is_unknown(launch: Any) -> None:
    """A job that has finished answers 200 with `unknown` and keeps its result."""
    daemon = await launch()
    job_id = await daemon.accepted()
    await daemon.ended()
    response = await daemon.post(f"/api/jobs/{job_id}/cancel")
    assert (response.status_code, response.json()["targets"]) == (200, ["w1:unknown"])
    assert (await daemon.job(job_id))["status"] == "succeeded"


async def test_cancel_that_is_only_requested(launch: Any) -> None:
    """A job that winds down answers `requested`, shows `kill_requested`, and ends `cancelled` by itself."""
    daemon = await launch(gated=True, kill_wait_secs=0.0, faults=PrxFaults(cancel="requested"))
    job_id = await daemon.accepted()
    await daemon.started()
    response = await daemon.post(f"/api/jobs/{job_id}/cancel")
    assert response.json()["targets"] == ["w1:requested"]
    tasks = (await daemon.get("/api/runtime/tasks")).json()
    assert tasks["running"][0]["state"] == "kill_requested"
    daemon.gate.open()
    await daemon.ended()
    job = await daemon.job(job_id)
    assert (job["status"], job["result"]) == ("cancelled", None)


async def test_cancel_of_what_cannot_be_killed(launch: Any) -> None:
    """`not_killable` leaves the job running to its normal end."""
    daemon = await launch(gated=True, faults=PrxFaults(cancel="not_killable"))
    job_id = await daemon.accepted()
    assert (await daemon.post(f"/api/jobs/{job_id}/cancel")).json()["targets"] == ["w1:not_killable"]
    daemon.gate.open()
    await daemon.ended()
    assert (await daemon.job(job_id))["status"] == "succeeded"


@pytest.mark.parametrize("autonomy", ["supervised", "read_only"])
async def test_cancel_needs_full_autonomy(launch: Any, autonomy: str) -> None:
    """Under any level but `full` a cancel is 403 and the job goes on."""
    daemon = await launch(gated=True)
    job_id = await daemon.accepted()
    daemon.prx.faults.autonomy = autonomy
    assert (await daemon.post(f"/api/jobs/{job_id}/cancel")).status_code == 403
    assert (await daemon.job(job_id))["status"] == "running"


async def test_unknown_and_malformed_ids(launch: Any) -> None:
    """An id that is no UUID is 400, one that is not kept 404, for reading and for cancelling."""
    daemon = await launch()
    for path, status in ((f"/api/jobs/{uuid.uuid4()}", 404), ("/api/jobs/w17", 400)):
        for response in (await daemon.get(path), await daemon.post(f"{path}/cancel")):
            assert response.status_code == status
            assert list(response.json()) == ["error"]


async def test_finished_jobs_are_pruned_an_hour_later_and_only_on_submit() -> None:
    """An idle daemon still shows old jobs; the next submission drops those that ended over an hour ago."""
    clock = Clock()
    store = JobStore(clock)
    old = await _finished(store)
    clock.advance(3_601)
    assert store.get(old.job_id) is old
    new = await _finished(store)
    assert store.get(old.job_id) is None
    assert store.newest_first() == [new]


async def test_at_most_512_records_and_running_ones_stay() -> None:
    """The finished job that started first goes first; running jobs are never evicted."""
    store = JobStore(Clock())
    gate = asyncio.Event()

    async def wait(_job: Job) -> Outcome:
        await gate.wait()
        return Outcome(200, {})

    running = store.submit("webhook", "label", wait)
    finished = [await _finished(store) for _ in range(512)]
    assert len(store.newest_first()) == 512
    assert store.get(running.job_id) is running
    assert store.get(finished[0].job_id) is None
    assert store.get(finished[1].job_id) is finished[1]
    gate.set()
    await running.done.wait()


async def test_list_is_newest_first(launch: Any) -> None:
    """`GET /api/jobs` gives full snapshots, the newest submission first."""
    daemon = await launch()
    ids = [await daemon.accepted(f"第 {number} 条") for number in range(3)]
    await daemon.ended(3)
    listed = (await daemon.get("/api/jobs")).json()
    assert listed["total"] == 3
    assert [job["job_id"] for job in listed["jobs"]] == ids[::-1]
    assert all(set(job) == TEN_KEYS and job["result"] for job in listed["jobs"])


async def test_dead_process_takes_no_jobs() -> None:
    """After its death a store starts nothing, and what ran is over without a record."""
    store = JobStore(Clock())
    job = store.submit("webhook", "label", _done)
    await store.die()
    assert job.done.is_set()
    assert job.status == "running"
    with pytest.raises(ProcessGone):
        store.submit("webhook", "label", _done)
