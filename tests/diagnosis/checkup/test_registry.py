"""All checks together: in order, side by side, each ending in a finding."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import LANGUAGES
from prx_dingtalk_router.catalogue.messages import MESSAGES


async def test_a_healthy_installation(site: Any) -> None:
    """Every check is content, this machine first, then DingTalk, then the agents; each speaks both languages."""
    findings = await site.findings()
    assert {each.status for each in findings} == {"ok"}
    checks = [each.check for each in findings]
    assert checks[:5] == ["rules", "allowed-users", "notify", "secret-files", "journal"]
    assert checks[5:10] == ["host", "host", "registration", "robot-permission", "clock"]
    assert checks[10].startswith("agent")
    assert all(each.summary.render(language) for each in findings for language in LANGUAGES)


async def test_one_registration_whatever_is_asked(site: Any) -> None:
    """It is asked once, opens no connection, and a router that runs keeps its own."""
    seen: list[Any] = []
    site.dingtalk.observe(seen.append)
    await site.findings()
    kinds = [type(each).__name__ for each in seen]
    assert kinds.count("Registered") == 1
    assert "Connected" not in kinds


async def test_what_keeps_a_check_from_asking_is_its_finding(site: Any) -> None:
    """Certificates that cannot be read fail whatever needs them, with their sentence, and nothing else."""
    (site.folder / "ca.pem").write_text("no certificate")
    site.change(r"webhook_hosts", 'ca_file = "ca.pem"\nwebhook_hosts')
    failed = [each for each in await site.findings() if each.status == "failed"]
    assert {each.check for each in failed} == {"hosts", "registration", "robot-permission", "clock"}
    assert {each.summary.key for each in failed} == {"stream.ca-file"}


async def test_no_agents_is_said(site: Any) -> None:
    """A configuration without agents is checked for the rest."""
    site.change(r"(?s)\[agents\.desk\].*", "")
    site.rules.write_text('language 1\notherwise reply "hi"\n')
    findings = await site.findings()
    assert [each.summary.key for each in findings if each.status == "skipped"] == ["diagnosis.agent.none"]


def test_the_page_for_those_on_call_names_every_check() -> None:
    """``docs/oncall.md`` has a row for each check that can be found, and no other."""
    page = (Path(__file__).parents[3] / "docs" / "oncall.md").read_text("utf-8")
    _, _, section = page.partition("`prx-router doctor`\n")
    rows = set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE))
    keys = (key.split(".") for key in MESSAGES if key.startswith("diagnosis."))
    assert rows == {check for _, check, *_ in keys}
