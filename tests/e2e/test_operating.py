"""The admin address and the commands that ask it, of a router that runs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def operated(world_of: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Any]:
    """A world whose router runs."""
    world = await world_of(tmp_path_factory.mktemp("operated"))
    await world.run()
    yield world
    await world.put_away()


async def url_of(world: Any) -> str:
    """The admin address of the router."""
    (line,) = await world.routers[-1].logged("admin-address")
    return str(line["url"])


async def ask(world: Any, path: str, method: str = "GET") -> tuple[int, str]:
    """Status and body."""
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, await url_of(world) + path) as answer,
    ):
        said = await answer.text()
        world.told.append(said)
        return answer.status, said


async def test_status_tells_what_happened(operated: Any) -> None:
    """Messages, rules, refused senders: as a document, and on one screen."""
    await operated.reply_to(operated.say("敲门"))
    await operated.reply_to(operated.say("敲门", person="u1006"))
    code, said = await operated.command("status", "--json")
    document = json.loads(said)
    assert code == 0
    assert document["ready"] is True
    assert document["rule_hits"][0]["rule"] == "knock"
    assert document["refused_senders"][0]["sender"] == "u1006"
    assert document["rules"]["fingerprint"] == document["rules"]["on_disk"]
    used = {each["meter"]: each["used"] for each in document["month"]["meters"]}
    counted = operated.dingtalk.used
    assert used == {"api": counted["api"], "webhook_and_stream": counted["push"]}
    code, screen = await operated.command("status")
    assert code == 0
    assert len(screen.splitlines()) <= 24
    for word in ("ready", "knock", '"u1006"', "helpdesk", "connected"):
        assert word in screen


async def test_why_and_doctor_beside_the_router(operated: Any) -> None:
    """What became of a message, by the journal that the router is writing; and an installation in order but for a file's mode."""
    asked = operated.say("请教 打印机")
    await operated.reply_to(asked)
    await operated.routers[-1].logged("replied", msg_id=asked)
    code, said = await operated.command("why", asked, "--json")
    told = json.loads(said)
    assert (code, told["by"], told["unexplained"]) == (0, "ask", None)
    (step,) = told["steps"]
    (attempt,) = step["attempts"]
    assert (step["agent"], attempt["state"], attempt["ended_at"] is not None) == (
        "helpdesk",
        "answered",
        True,
    )
    assert [rule["rule"] for rule in told["trace"] if rule["held"]] == ["ask"]
    code, said = await operated.command("doctor", "--json")
    failed = [each["check"] for each in json.loads(said)["checks"] if each["status"] == "failed"]
    assert (code, failed) == (1, ["secret-files"])  # the agent's token is written in a file that others read
    (operated.folder / "prx-router.toml").chmod(0o600)
    code, _ = await operated.command("doctor")
    assert code == 0


async def test_the_metrics_page_counts(operated: Any) -> None:
    """Every metric of the contract is on it, and what happened is counted."""
    await operated.reply_to(operated.say("敲门"))
    status, page = await ask(operated, "/metrics")
    assert status == 200
    for name in (
        "messages_total{outcome",
        'rule_matches_total{mode="live",rule="knock"}',
        "decide_seconds_bucket",
        "frames_total{type",
        "acks_total{code",
        "ack_seconds_bucket",
        "duplicates_total",
        "stream_connected 1.0",
        "# TYPE prx_router_stream_reconnects_total",
        "# TYPE prx_router_agent_seconds",
        "# TYPE prx_router_agent_results_total",
        'agent_in_flight{agent="helpdesk"}',
        'replies_total{result="sent",route="webhook"}',
        'month_calls{meter="webhook_and_stream"}',
        'month_calls_expected{meter="api"}',
        'month_calls_limit{meter="api"} 5000.0',
        'month_progress{meter="api"} 1.0',
        "limited_total",
        "journal_rows{state",
        "rules_loaded",
        "# TYPE prx_router_rules_reload_total",
        "rules_last_reload_timestamp_seconds",
        'rules_info{fingerprint="sha256:',
    ):
        assert f"prx_router_{name}" in page or name in page, name


async def test_reload_and_rollback_by_command(operated: Any) -> None:
    """What is refused is told with its place and exit code 1; who asked is in the log."""
    text = operated.rules

    def save(rules: str) -> None:
        (operated.folder / "rules" / "main.rules").write_text(rules, "utf-8")

    code, said = await operated.command("reload")
    assert (code, "nothing changed" in said) == (0, True)
    save(text.replace("没有这样的规则", "又一版"))
    await operated.routers[-1].logged("reloaded", number=2)
    code, said = await operated.command("rollback")
    assert (code, "in force: set 3" in said) == (0, True)
    (line,) = await operated.routers[-1].logged("reloaded", trigger="rollback")
    assert line["by"].endswith("@127.0.0.1")
    code, said = await operated.command("rollback", "--list")
    assert [code, *("●" in row for row in said.splitlines())] == [0, True, False, False]
    assert (await operated.command("rollback", "99"))[0] == 1
    code, said = await operated.command("status")
    assert "rolled back to set 1" in said
    save(text.replace("then drop", "then dorp"))
    await operated.routers[-1].logged("reload-refused")
    code, said = await operated.command("reload")
    assert code == 1
    assert "main.rules:" in said
    code, said = await operated.command("status")
    assert "is refused" in said
    save(text)
    await operated.routers[-1].logged("reload-unchanged")


async def test_nobody_answers(run_command: Any, tmp_path: Path) -> None:
    """Without a router the commands say so, with exit code 2."""
    (tmp_path / "prx-router.toml").write_text(
        '[channels_config.dingtalk]\nclient_id="d"\nclient_secret="s"\n[admin]\nlisten="127.0.0.1:1"\n'
    )

    for name in ("status", "reload", "rollback"):
        code, said = await run_command(name, cwd=tmp_path)
        assert code == 2
        assert "no router answers at http://127.0.0.1:1" in said
