"""An installation in the sandbox, healthy until a test breaks it: DingTalk, an agent, files, and what the doctor says of them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import LANGUAGES, Text
from prx_dingtalk_router.diagnosis.checkup import Finding, Installation, examine
from prx_dingtalk_router.language import CheckContext
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory
from prx_dingtalk_router.sandbox.prx import Prx, PrxSettings
from prx_dingtalk_router.settings import load_settings

SECRET = "s3cr3t-0f-th3-b0t"
TOKEN = "t0k3n-0f-th3-d3sk"
RULES = """language 1

rule vpn
  when text contains "vpn"
  then agent desk

otherwise reply "您好"

test "vpn"
  given "vpn" expect agent desk
"""
CONFIG = """[channels_config.dingtalk]
client_id     = "dingrouter"
client_secret = "${file:secret}"
allowed_users = ["u1001", "manager1234"]

[dingtalk]
api_base      = "DINGTALK"
webhook_hosts = ["127.0.0.1"]

[agents.desk]
url      = "DESK"
token    = "${file:token}"
agent_id = "desk"
"""
HEALTHY = PrxSettings(paired_tokens=(TOKEN,), auto_save=False)
_PORT = re.compile(r"(127\.0\.0\.1|localhost):\d+")


@dataclass
class Site:
    """An installation, and the way to change it."""

    folder: Path
    dingtalk: DingTalk
    agents: list[Prx] = field(default_factory=list)

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "prx-router.toml"

    @property
    def rules(self) -> Path:
        """The entry file of the rules."""
        return self.folder / "rules" / "main.rules"

    async def agent(self, settings: PrxSettings = HEALTHY, name: str = "desk") -> Prx:
        """Start a daemon, and let the configuration lead to it."""
        agent = Prx(name, settings=settings)
        await agent.start()
        self.agents.append(agent)
        self.change(r'url      = ".*"', f'url      = "{agent.base_url}"')
        return agent

    def change(self, old: str, new: str) -> None:
        """Edit the configuration: what a pattern finds becomes something else."""
        text = self.config.read_text("utf-8")
        changed = re.sub(old, lambda _: new, text, count=1)
        assert changed != text, old
        self.config.write_text(changed, "utf-8")

    def add(self, lines: str) -> None:
        """Add to the configuration."""
        self.config.write_text(f"{self.config.read_text('utf-8')}\n{lines}\n", "utf-8")

    async def findings(self, check: str = "", **options: Any) -> list[Finding]:
        """What the doctor finds, or one check of its."""
        settings = load_settings(self.config, {})
        context = CheckContext.of(settings, has_baseline=True)
        async with Installation(settings, settings.rules.path, context, **options) as installation:
            return [each async for each in examine(installation) if check in ("", each.check)]

    async def finding(self, check: str, **options: Any) -> Finding:
        """What one check finds first."""
        return (await self.findings(check, **options))[0]

    def told(self, findings: Sequence[Finding]) -> str:
        """Findings in both languages, for snapshots."""
        lines = []
        for each in findings:
            lines.append(f"{each.status} {each.check} {each.subject}".rstrip())
            for language in LANGUAGES:
                lines.append(f"  {_worded(each.summary, language)}")
                if each.remedy is not None:
                    lines.append(f"    → {_worded(each.remedy, language)}")
        shown = "\n".join(lines).replace(str(self.folder), "FOLDER")
        return re.sub(r"\b[0-9a-f]{12}\b", "<rules>", _PORT.sub(r"\1:PORT", shown))


def _worded(sentence: Text, language: Any) -> str:
    return re.sub(r"(?<=还有 )\d+|\d+(?= MB)", "N", sentence.render(language))


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A healthy installation."""
    dingtalk = DingTalk(Directory.demo("dingrouter", SECRET))
    await dingtalk.start()
    made = Site(tmp_path, dingtalk)
    made.config.write_text(CONFIG.replace("DINGTALK", dingtalk.base_url), "utf-8")
    made.rules.parent.mkdir()
    made.rules.write_text(RULES, "utf-8")
    for name, secret in (("secret", SECRET), ("token", TOKEN)):
        path = tmp_path / name
        path.write_text(secret)
        path.chmod(0o600)
    await made.agent()
    yield made
    for agent in made.agents:
        await agent.stop()
    await dingtalk.stop()


@pytest.fixture
def mended(site: Site) -> Callable[..., Any]:
    """Asserts that one check is content now, and that nothing else fails."""

    async def check(name: str, **options: Any) -> None:
        findings = await site.findings(**options)
        assert [each for each in findings if each.status == "failed"] == []
        assert [each.status for each in findings if each.check == name].count("ok") > 0

    return check
