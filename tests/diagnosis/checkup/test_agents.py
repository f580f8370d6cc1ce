"""Each check of an agent: shown failing against a daemon, and mended by its own advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.diagnosis.checkup.agents import trouble_of
from prx_dingtalk_router.sandbox.prx import PrxSettings
from prx_dingtalk_router.settings import load_settings

TOKEN = "t0k3n-0f-th3-d3sk"
HEALTHY = PrxSettings(paired_tokens=(TOKEN,), auto_save=False)


async def test_a_healthy_agent(site: Any, snapshot: SnapshotAssertion) -> None:
    """Everything is asked, and nothing runs there."""
    findings = [each for each in await site.findings() if each.check.startswith("agent")]
    assert {each.status for each in findings} == {"ok"}
    assert site.told(findings) == snapshot
    assert site.agents[0].turns == []


async def test_a_dead_agent(site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    """It cannot be reached, and what could not be asked is one line."""
    await site.agents[0].stop()
    findings = [each for each in await site.findings() if each.check.startswith("agent")]
    assert [each.status for each in findings] == ["failed", "skipped"]
    assert site.told(findings) == snapshot
    await site.agent()
    await mended("agent")


async def test_an_agent_that_is_none_or_not_ready(
    site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion
) -> None:
    """Another server at the address, a daemon that has not started yet, a model provider in trouble."""
    faults = site.agents[0].faults
    faults.gateway_state = "starting"
    not_ready = await site.finding("agent")
    faults.gateway_state = ""
    faults.provider_degraded = True
    degraded = await site.finding("agent")
    site.change(r'url      = ".*"', f'url      = "{site.dingtalk.base_url}"')
    stranger = await site.finding("agent")
    assert [each.status for each in (not_ready, degraded, stranger)] == ["failed", "warning", "failed"]
    assert site.told([not_ready, degraded, stranger]) == snapshot
    faults.provider_degraded = False
    site.change(r'url      = ".*"', f'url      = "{site.agents[0].base_url}"')
    await mended("agent")


async def test_tokens(site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    """A wrong one, none where one is needed, none where none is, and a daemon that limits calls."""
    token = site.folder / "token"
    token.write_text("wr0ng-t0k3n")
    wrong = await site.finding("agent-token")
    site.change(r'token    = ".*"\n', "")
    missing = await site.finding("agent-token")
    site.agents[0].faults.api_rate_limited = -1
    throttled = await site.finding("agent-token")
    site.agents[0].faults.api_rate_limited = 0
    await site.agent(replace(HEALTHY, require_pairing=False))
    unneeded = await site.finding("agent-token")
    assert [each.status for each in (wrong, missing, throttled, unneeded)] == [
        "failed",
        "failed",
        "warning",
        "ok",
    ]
    told = site.told([wrong, missing, throttled, unneeded])
    assert "wr0ng" not in told
    assert told == snapshot
    token.write_text(TOKEN)
    site.change(r"agent_id = ", 'token    = "${file:token}"\nagent_id = ')
    await site.agent()
    await mended("agent-token")


@pytest.mark.parametrize("layer", ["signing_secret", "webhook_token"])
async def test_credentials_of_dispatching(
    site: Any, mended: Callable[..., Any], layer: str, snapshot: SnapshotAssertion
) -> None:
    """A signature or webhook token that PRX refuses is found without a message, and nothing runs."""
    agent = await site.agent(replace(HEALTHY, **{layer: "right-one"}))
    missing = await site.finding("agent-webhook")
    site.change(r"agent_id = ", f'{layer} = "wrong-one"\nagent_id = ')
    wrong = await site.finding("agent-webhook")
    assert (missing.status, wrong.status) == ("failed", "failed")
    assert site.told([wrong]) == snapshot
    site.change("wrong-one", "right-one")
    site.config.chmod(0o600)
    await mended("agent-webhook")
    assert agent.turns == []


async def test_identities(site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    """Another agent than the one that is meant, and one that nobody compares: what to write is said."""
    await site.agent(name="legal")
    other = await site.finding("agent-identity")
    site.change(r'agent_id = ".*"\n', "")
    unchecked = await site.finding("agent-identity")
    assert (other.status, unchecked.status) == ("failed", "warning")
    assert site.told([other, unchecked]) == snapshot
    site.add('agent_id = "legal"')
    await mended("agent-identity")


async def test_versions(site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    """One that this router was not written against."""
    await site.agent(replace(HEALTHY, version="1.2.0"))
    finding = await site.finding("agent-version")
    assert finding.status == "warning"
    assert site.told([finding]) == snapshot
    await site.agent()
    await mended("agent-version")


async def test_a_second_listener(site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    """A PRX that holds our app takes messages away; with another app it does not; where it does not say, it may."""
    listening = replace(HEALTHY, mode="daemon", channels=("cli", "dingtalk"))
    statuses, findings = [], []
    for settings in (
        replace(listening, dingtalk_client_id="dingrouter"),
        replace(listening, tells_config=False),
        replace(listening, dingtalk_client_id="dingother"),
        replace(listening, dingtalk_client_id="ding****"),
    ):
        await site.agent(settings)
        findings.append(await site.finding("agent-channel"))
        statuses.append(findings[-1].status)
    assert statuses == ["failed", "warning", "ok", "warning"]
    assert site.told(findings) == snapshot
    await site.agent()
    await mended("agent-channel")


async def test_limits(site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    """Keys that are forgotten sooner than we believe, and fewer calls than we make; where it does not say, that is said."""
    await site.agent(replace(HEALTHY, idempotency_ttl_secs=60))
    lifetime = await site.finding("agent-limits")
    await site.agent(replace(HEALTHY, api_rate_limit_per_minute=30))
    calls = await site.finding("agent-limits")
    await site.agent(replace(HEALTHY, tells_config=False))
    untold = await site.finding("agent-limits")
    assert [each.status for each in (lifetime, calls, untold)] == ["failed", "failed", "skipped"]
    assert site.told([lifetime, calls, untold]) == snapshot
    await site.agent(replace(HEALTHY, idempotency_ttl_secs=60, api_rate_limit_per_minute=30))
    site.add('idempotency_ttl = "60s"\napi_rate_limit_per_minute = 30')
    await mended("agent-limits")


async def test_private_talk_that_is_saved(
    site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion
) -> None:
    """PRX does so unless told otherwise."""
    await site.agent(replace(HEALTHY, auto_save=True))
    saves = await site.finding("agent-memory")
    await site.agent(replace(HEALTHY, tells_config=False))
    untold = await site.finding("agent-memory")
    assert (saves.status, untold.status) == ("warning", "skipped")
    assert site.told([saves, untold]) == snapshot
    await site.agent()
    await mended("agent-memory")


async def test_the_first_trouble_at_a_start(site: Any) -> None:
    """Whatever would keep a message from an agent; what is only to be minded is left to the doctor."""

    async def trouble() -> str | None:
        settings = load_settings(site.config, {})
        found = await trouble_of("desk", settings.agents["desk"], "dingrouter")
        return f"{found.check}" if found is not None else None

    assert await trouble() is None
    await site.agent(replace(HEALTHY, version="1.2.0", auto_save=True))
    assert await trouble() is None
    (site.folder / "token").write_text("wrong")
    assert await trouble() == "agent-token"
    await site.agents[-1].stop()
    assert await trouble() == "agent"
