"""`/api/status`, `/api/runtime/tasks` and their kin."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from prx_dingtalk_router.sandbox.prx import PrxFaults


async def test_status(launch: Any) -> None:
    """The status has the documented keys and tells version, port and channels."""
    daemon = await launch(channels=("cli", "dingtalk"), version="0.9.1")
    status = (await daemon.get("/api/status")).json()
    assert set(status) == {
        "version",
        "uptime_seconds",
        "model",
        "memory_backend",
        "channels",
        "gateway_port",
        "provider_degraded",
        "provider_available",
        "provider_unavailable",
        "active_config_generation",
        "active_config_source_revision",
        "desired_config_source_revision",
        "config_reload_status",
        "config_reload_in_progress",
        "config_generation_participants",
        "restart_required",
        "last_config_reload_failure",
    }
    assert (status["version"], status["channels"]) == ("0.9.1", ["cli", "dingtalk"])
    assert status["gateway_port"] == urlsplit(daemon.prx.base_url).port
    assert re.fullmatch(r"[0-9a-f]{64}", status["active_config_source_revision"])
    assert status["provider_degraded"] is False


async def test_degraded_provider(launch: Any) -> None:
    """A degraded provider is named with its reason."""
    daemon = await launch()
    daemon.prx.faults.provider_degraded = True
    status = (await daemon.get("/api/status")).json()
    assert status["provider_degraded"] is True
    assert ": " in status["provider_unavailable"][0]


async def test_running_tasks(launch: Any) -> None:
    """A running job is a `sub_agent` row whose `run_id` is the job; when it ends the row goes."""
    daemon = await launch(gated=True)
    job_id = await daemon.accepted()
    await daemon.started()
    tasks = (await daemon.get("/api/runtime/tasks")).json()
    assert (tasks["total"], tasks["unreaped"]) == (1, [])
    (row,) = tasks["running"]
    assert set(row) == {
        "id",
        "kind",
        "name",
        "state",
        "parent",
        "run_id",
        "started_at_unix_ms",
        "elapsed_secs",
        "elapsed_ms",
        "pid",
        "pgid",
    }
    assert (row["id"], row["kind"], row["run_id"], row["state"]) == ("w1", "sub_agent", job_id, "running")
    daemon.gate.open()
    await daemon.ended()
    assert (await daemon.get("/api/runtime/tasks")).json()["running"] == []


async def test_tool_calls_are_tasks_of_their_own(launch: Any) -> None:
    """Each tool call of a turn is a row with its parent, and a cancel names job and calls as targets."""
    daemon = await launch(gated=True, faults=PrxFaults(tool_calls=2))
    job_id = await daemon.accepted()
    await daemon.started()
    tasks = (await daemon.get("/api/runtime/tasks")).json()
    rows = [(row["id"], row["kind"], row["parent"], row["run_id"]) for row in tasks["running"]]
    assert rows == [
        ("w1", "sub_agent", None, job_id),
        ("w2", "tool_call", "w1", None),
        ("w3", "tool_call", "w1", None),
    ]
    assert tasks["total"] == 3
    cancelled = await daemon.post(f"/api/jobs/{job_id}/cancel")
    assert cancelled.json()["targets"] == ["w1:killed", "w2:killed", "w3:killed"]


async def test_kill_by_work_id(launch: Any) -> None:
    """A task is killed by its work id under `full` only; one that is not known is `unknown`."""
    daemon = await launch(gated=True)
    job_id = await daemon.accepted()
    await daemon.started()
    daemon.prx.faults.autonomy = "supervised"
    assert (await daemon.post("/api/runtime/tasks/w1/kill")).status_code == 403
    daemon.prx.faults.autonomy = ""
    assert (await daemon.post("/api/runtime/tasks/w9/kill")).json()["targets"] == ["w9:unknown"]
    assert (await daemon.post("/api/runtime/tasks/w1/kill")).json()["targets"] == ["w1:killed"]
    assert (await daemon.job(job_id))["status"] == "cancelled"


async def test_config_reload(launch: Any) -> None:
    """A manual reload of an unchanged configuration succeeds."""
    daemon = await launch()
    response = await daemon.post("/api/config/reload")
    assert (response.status_code, response.json()["success"]) == (200, True)
