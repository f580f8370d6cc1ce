"""A folder with a configuration and rules, and what reloads them: a real helper process, one for each module of tests."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.reload.boot import Start, boot
from prx_dingtalk_router.service.reload.build import Built, Origin, build
from prx_dingtalk_router.service.reload.builder import Builder
from prx_dingtalk_router.service.reload.kept_sets import KeptSets
from prx_dingtalk_router.service.reload.outcomes import Applied, RefusedReload, ReloadOutcome
from prx_dingtalk_router.service.reload.reloader import Reloader
from prx_dingtalk_router.service.reload.watching import Watching
from prx_dingtalk_router.settings import Settings, load_settings

PATIENCE = 20.0
CONFIG = """[channels_config.dingtalk]
client_id = "ding1abc"
client_secret = "s3cr3t-value"
allowed_users = ["u1001"]
[agents.helpdesk]
url = "http://127.0.0.1:16830"
"""
RULES = """language 1
rule vpn
  when text contains "vpn"
  then reply "one"
otherwise reply "?"
"""


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@dataclass
class Desk:
    """A router's files, and what is in force."""

    folder: Path
    kept: KeptSets
    start: Start
    active: ActiveRouter
    reloader: Reloader
    outcomes: list[ReloadOutcome] = field(default_factory=list)
    _happened: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def rules(self) -> Path:
        """The entry file."""
        return self.folder / "rules" / "main.rules"

    @property
    def running(self) -> str:
        """The fingerprint of what decides."""
        return self.active.current.rules.fingerprint

    def note(self, outcome: ReloadOutcome) -> None:
        """Something came of a reload."""
        self.outcomes.append(outcome)
        self._happened.set()

    async def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until reloads led to a state."""
        async with asyncio.timeout(PATIENCE):
            while not wanted():
                await self._happened.wait()
                self._happened.clear()

    async def in_force(self) -> None:
        """Wait until what the files hold is in force."""
        fingerprint = on_disk(self.folder)
        await self.until(lambda: self.running == fingerprint and self.reloader.refused is None)

    async def refused(self, code: str) -> RefusedReload:
        """Wait until what the files hold is refused for this code, or this kind of finding."""
        await self.until(
            lambda: (
                self.reloader.refused is not None
                and code in {each.code or each.name for each in self.reloader.refused.findings}
            )
        )
        assert self.reloader.refused is not None
        return self.reloader.refused

    @asynccontextmanager
    async def watched(self, **options: Any) -> AsyncIterator[Watching]:
        """Watch the files."""
        watching = Watching(self.reloader, **options)
        task = asyncio.create_task(watching.run())
        try:
            yield watching
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def written(folder: Path, rules: str | None, config: str) -> Settings:
    """Write the files; the configuration as it is loaded."""
    (folder / "rules").mkdir(exist_ok=True)
    if rules is not None:
        (folder / "rules" / "main.rules").write_text(rules, "utf-8")
    (folder / "prx-router.toml").write_text(config, "utf-8")
    return load_settings(folder / "prx-router.toml", os.environ)


def on_disk(folder: Path) -> str:
    """The fingerprint of what the files hold."""
    built = build(Origin().request(load_settings(folder / "prx-router.toml", os.environ))).outcome
    assert isinstance(built, Built), built
    return built.rules.fingerprint


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def builder() -> AsyncIterator[Builder]:
    """The helper process."""
    made = Builder()
    yield made
    await made.aclose()


@pytest.fixture
def make_desk(tmp_path: Path, builder: Builder) -> Callable[..., Desk]:
    """Starts with these files, as far as they are sound."""

    def made(
        rules: str | None = RULES, config: str = CONFIG, folder: Path | None = None, **origin: Any
    ) -> Desk:
        where = folder or tmp_path
        settings = (
            written(where, rules, config)
            if folder is None
            else load_settings(where / "prx-router.toml", os.environ)
        )
        kept = KeptSets(where / "prx-router.state")
        start = boot(settings, Origin(**origin), kept)
        assert start is not None
        active = ActiveRouter(start.router)

        def take_over(router: Router, settings: Settings) -> Router:
            former = active.current
            active.replace(router)
            return former

        reloader = Reloader(start, Origin(**origin), kept, take_over, builder)
        desk = Desk(where, kept, start, active, reloader)
        reloader.observers.append(desk.note)
        return desk

    return made


def is_applied(outcome: ReloadOutcome) -> bool:
    """Whether a reload put another set in force."""
    return isinstance(outcome, Applied)
