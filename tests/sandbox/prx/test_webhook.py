"""`POST /webhook`: order of checks, sync and async results."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import pytest

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
