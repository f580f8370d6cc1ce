"""Turns: records, failures, policy."""

from __future__ import annotations

from typing import Any

import pytest

from prx_dingtalk_router.sandbox.prx import PrxFaults, TurnEnded, TurnRequest, TurnStarted

TARGET = "dingtalk:ding1abc:user:manager7"


async def test_turn_is_recorded_and_reported(launch: Any) -> None:
    """Every turn leaves a record and two events that agree with the job."""
    daemon = await launch()
    job_id = await daemon.accepted("排班")
    await daemon.ended()
    (turn,) = daemon.prx.turns
    assert (turn.job_id, turn.reply_target, turn.message) == (job_id, TARGET, "排班")
    assert (turn.status, turn.http_status) == ("succeeded", 200)
    assert turn.ended is not None
    assert turn.ended >= turn.started
    started = next(event for event in daemon.events if isinstance(event, TurnStarted))
    ended = next(event for event in daemon.events if isinstance(event, TurnEnded))
    assert started.to_json()["event"] == "TurnStarted"
    assert (ended.job_id, ended.response, ended.took_ms) == (job_id, turn.response, turn.ended - turn.started)
    assert (await daemon.job(job_id))["result"]["response"] == turn.response


async def test_answer_that_raises_fails_the_turn(launch: Any) -> None:
    """A custom answer that breaks gives the plain 500 and no details of the break."""

    async def broken(_request: TurnRequest) -> str:
        raise ValueError("secret detail")

    daemon = await launch(answer=broken)
    response = await daemon.ask()
    assert response.status_code == 500
    assert "secret detail" not in response.text
    assert (await daemon.http.get("/health")).status_code == 200


async def test_hang_lasts_until_the_knob_is_turned_back(launch: Any) -> None:
    """A hanging turn stays `running` and goes on once the knob is off."""
    daemon = await launch(faults=PrxFaults(hang=True))
    job_id = await daemon.accepted()
    await daemon.started()
    assert (await daemon.job(job_id))["status"] == "running"
    daemon.prx.faults.set("hang", "off")
    await daemon.ended()
    assert (await daemon.job(job_id))["status"] == "succeeded"


async def test_hanging_turn_can_be_cancelled(launch: Any) -> None:
    """A hang does not outlive a cancel."""
    daemon = await launch(faults=PrxFaults(hang=True))
    job_id = await daemon.accepted()
    await daemon.started()
    assert (await daemon.post(f"/api/jobs/{job_id}/cancel")).json()["targets"] == ["w1:killed"]


async def test_delay_is_spent_inside_the_turn(launch: Any) -> None:
    """With a delay the 202 comes while the turn still runs; the daemon's clock can skip it."""
    daemon = await launch(faults=PrxFaults(turn_delay=3_000))
    job_id = await daemon.accepted()
    await daemon.started()
    daemon.prx.clock.advance(2_990)
    assert (await daemon.job(job_id))["status"] == "running"
    daemon.prx.clock.advance(11)
    await daemon.ended()
    assert (await daemon.job(job_id))["elapsed_ms"] >= 3_000_000


@pytest.mark.parametrize(("patience", "status"), [(1_800, "succeeded"), (0, "running")])
async def test_hang_detector_ends_a_silent_turn(launch: Any, patience: int, status: str) -> None:
    """After `idle_hang_secs` of silence a hanging turn ends with the plain 500; 0 turns the detector off."""
    daemon = await launch(faults=PrxFaults(hang=True), idle_hang_secs=patience)
    job_id = await daemon.accepted()
    await daemon.started()
    daemon.prx.clock.advance(1_790)
    assert (await daemon.job(job_id))["status"] == "running"
    daemon.prx.clock.advance(11)
    if patience:
        await daemon.ended()
    job = await daemon.job(job_id)
    assert (job["status"], job["http_status"]) == (status, 500 if patience else None)


@pytest.mark.parametrize(
    ("message", "target", "status"),
    [("短消息", TARGET, 500), ("x" * 30, TARGET, 403), ("x" * 30, "group:1", 500)],
)
async def test_read_only_breaks_turns(launch: Any, message: str, target: str, status: int) -> None:
    """Under `read_only` a message that would be saved is refused before anything ran, any other inside the turn."""
    daemon = await launch(autonomy="read_only")
    assert (await daemon.ask(message, target=target)).status_code == status
    assert len(daemon.prx.turns) == (status == 500)
    assert daemon.prx.autosaved == []


async def test_image_marker_without_vision(launch: Any) -> None:
    """An `[IMAGE:` marker fails the turn on a model that cannot see."""
    blind, seeing = await launch(vision=False), await launch("seeing")
    assert (await blind.ask("看 [IMAGE:a.png]")).status_code == 500
    assert (await blind.ask("没有图")).status_code == 200
    assert (await seeing.ask("看 [IMAGE:a.png]")).status_code == 200


async def test_empty_answer(launch: Any) -> None:
    """An empty response is a success like any other."""
    daemon = await launch(faults=PrxFaults(empty_answer=True))
    response = await daemon.ask()
    assert (response.status_code, response.json()["response"]) == (200, "")


async def test_broken_observer_does_not_disturb(launch: Any, caplog: pytest.LogCaptureFixture) -> None:
    """An observer that raises is logged; turn and answer go on. An un-observed one hears nothing more."""
    daemon = await launch()

    def broken(_event: object) -> None:
        raise RuntimeError

    forget = daemon.prx.observe(broken)
    assert (await daemon.ask()).status_code == 200
    assert "observer" in caplog.text
    caplog.clear()
    forget()
    await daemon.ask()
    assert "observer" not in caplog.text
