"""The two ways to run: against DingTalk, and in a sandbox on this machine."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NoReturn

from pydantic import SecretStr

from prx_dingtalk_router import __version__
from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.chat_page import PageLink, agents_of
from prx_dingtalk_router.cli.console import drop_errors, note, quoted, reason
from prx_dingtalk_router.cli.rules import load_rules
from prx_dingtalk_router.cli.workspace import Workspace, find_workspace, settings_to_run
from prx_dingtalk_router.delivery import DeliveryEvent, Journal, MemoryJournal, Observer
from prx_dingtalk_router.errors import RulesError, SettingsError, UsageError
from prx_dingtalk_router.language import CheckContext, RuleSet
from prx_dingtalk_router.sandbox.prx import PrxSettings
from prx_dingtalk_router.sandbox.world import Sandbox
from prx_dingtalk_router.service import RouterService, close_logs, configure_logs, flush_logs, log
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.service.intake import DecisionObserver
from prx_dingtalk_router.service.interpreter import tune_interpreter
from prx_dingtalk_router.service.metrics.tally import Tally
from prx_dingtalk_router.service.notify.happenings import of_delivery
from prx_dingtalk_router.service.notify.notices import Notices
from prx_dingtalk_router.service.observed import Observed
from prx_dingtalk_router.service.operating import operating
from prx_dingtalk_router.service.recording import open_record, recording
from prx_dingtalk_router.service.reload.boot import boot
from prx_dingtalk_router.service.reload.build import Origin
from prx_dingtalk_router.service.reload.finding import of_error
from prx_dingtalk_router.service.reload.kept_sets import KeptSets
from prx_dingtalk_router.service.robot import Robot
from prx_dingtalk_router.service.router_service import Companion
from prx_dingtalk_router.settings import AgentSettings, Settings, find_settings, settings_from_table
from prx_dingtalk_router.settings.kept_configuration import (
    MissingSecretsError,
    last_good_settings,
    state_folder,
)

INTERRUPTED = 130
SANDBOX_CLIENT_ID = "dingsandbox"
SANDBOX_CALLS = 600
SUGGESTIONS = 5
PAGE_PORT = 8320
"""Where the chat page is, unless somebody else is there."""


async def run_router(
    config: Path | None, rules: Path | None, *, once: bool, record: Path | None = None
) -> int:
    """Run on the configuration; returns the exit code."""
    settings, broken = _settings_to_start(config)
    configure_logs(settings.log.level, settings.log.format)
    if broken is not None:
        first, *more = of_error(broken)
        log("error", "boot-last-configuration", first=str(first), more=len(more))
    workspace = Workspace(settings, rules or settings.rules.path)
    origin = Origin(entry=workspace.entry() if rules is not None else None)
    return await _serve(workspace, settings, origin, once=once, record=record, broken=broken)


def _settings_to_start(config: Path | None) -> tuple[Settings, SettingsError | None]:
    """The configuration, or the last good one and why its file is broken.

    Raises:
        SettingsError: it is broken, and there is no other, or there may be none (``boot = "strict"``).
    """
    try:
        return settings_to_run(config), None
    except SettingsError as broken:
        source = find_settings(config, os.environ, Path.cwd())
        assert source is not None
        try:
            settings = last_good_settings(source, os.environ)
        except MissingSecretsError as missing:
            note(text("cli.run.secrets-in-file", keys=missing.keys))
            raise broken from None
        except SettingsError:
            raise broken from None
        if settings is None or settings.rules.boot == "strict":
            raise
        return settings, broken


async def run_sandbox(
    config: Path | None, rules: Path | None, port: int | None, *, once: bool, record: Path | None = None
) -> int:
    """Run with a DingTalk and agents of our own; returns the exit code."""
    workspace = find_workspace(config, rules)
    settings = workspace.settings
    configure_logs(settings.log.level if settings else "info", settings.log.format if settings else "auto")
    checked = load_rules(workspace, _sandbox_context(workspace))
    names = sorted({*checked.agents(), *(settings.agents if settings else ())})
    world = Sandbox()
    secret = secrets.token_hex(16)
    await world.start(
        client_id=SANDBOX_CLIENT_ID,
        client_secret=secret,
        agents=names,
        answers=dict.fromkeys(names, agents_of(world)),
        page_port=_usual_port() if port is None else port,
        suggestions=_suggestions(checked),
        # The limits of a fresh daemon are made for people; here programs may try things, too.
        prx=PrxSettings(webhook_rate_limit_per_minute=SANDBOX_CALLS, api_rate_limit_per_minute=SANDBOX_CALLS),
    )
    try:
        routed = _sandbox_settings(workspace, world, secret)
        link = PageLink(world.page, robot_name=routed.dingtalk.robot_name, client_id=routed.channel.client_id)
        origin = Origin(
            entry=workspace.entry(_sandbox_context(workspace)),
            reads_settings=settings is not None,
            fixed_agents=True,
            has_baseline=workspace.has_baseline,
        )
        return await _serve(
            workspace,
            routed,
            origin,
            once=once,
            record=record,
            on_decision=[link.decided],
            on_delivery=[link.delivered],
            on_running=link.running,
            journal=MemoryJournal(routed.journal.retention),  # as it is meant to be: nothing to warn of
            last_word=text("service.sandbox-page", url=world.page.url),
        )
    finally:
        await world.stop()


async def _serve(
    workspace: Workspace,
    settings: Settings,
    origin: Origin,
    *,
    once: bool,
    record: Path | None,
    broken: SettingsError | None = None,
    on_decision: Sequence[DecisionObserver] = (),
    on_delivery: Sequence[Observer] = (),
    on_running: Callable[[Observed, ActiveRouter], None] = lambda _, __: None,
    journal: Journal | None = None,
    last_word: Text | None = None,
) -> int:
    """Run a router until it ends, with all that goes on beside it; ``last_word`` is said below the log of the start."""
    tune_interpreter()
    with ExitStack() as stack:
        folder = state_folder(settings.journal)
        # What is in memory only leaves nothing behind.
        kept = KeptSets(folder or Path(stack.enter_context(TemporaryDirectory(prefix="prx-router-"))))
        start = boot(settings, origin, kept) or _refused_to_start(workspace, broken)
        log(
            "info",
            "starting",
            version=__version__,
            rules=len(start.router.rules.rules),
            fingerprint=start.record.short,
            agents=", ".join(settings.agents) or "-",
            admin=settings.admin.listen if settings.admin.port else "-",
        )
        tally, notices = Tally(), Notices()
        begun = [start]  # given away, so that the first set can go once another one takes its place

        def note_trouble(event: DeliveryEvent) -> None:
            notice = of_delivery(event)
            if notice is not None:
                notices.tell(notice)

        companions: list[Companion] = []
        if record is not None:
            file = _opened(record)
            companions.append(lambda _, robot: recording(file, robot))

        def beside(engine: Engine, robot: Robot) -> AbstractAsyncContextManager[object]:
            operated = operating(
                engine,
                robot,
                service.active,
                start=begun.pop(),
                origin=origin,
                kept=kept,
                tally=tally,
                notices=notices,
                state=folder,
                watches=not once,
            )
            return _shown(operated, lambda observed: on_running(observed, service.active))

        service = RouterService(
            start.built.settings,
            start.router,
            decision_observers=[tally.decided, *on_decision],
            delivery_observers=[tally.delivered, note_trouble, *on_delivery],
            journal=journal,
            companions=[beside, *companions],
        )
        del start
        service.stop_on_signals()
        async with _said_once_open(service.opened, last_word):
            await service.run(once=once)
        return INTERRUPTED if service.interrupted else 0


@asynccontextmanager
async def _shown(
    operated: AbstractAsyncContextManager[Observed], show: Callable[[Observed], None]
) -> AsyncIterator[None]:
    """Operate, and show what is operated to somebody first."""
    async with operated as observed:
        show(observed)
        yield


@asynccontextmanager
async def _said_once_open(opened: asyncio.Event, sentence: Text | None) -> AsyncIterator[None]:
    """Meanwhile say a sentence, once the first connection stands and what was logged until then is written."""

    async def say() -> None:
        await opened.wait()
        await asyncio.to_thread(flush_logs)
        if sentence is not None:
            note(sentence)

    task = asyncio.create_task(say())
    try:
        yield
    finally:
        task.cancel()


def _opened(record: Path) -> IO[str]:
    """The file that callbacks are recorded to.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        return open_record(record)
    except OSError as problem:
        raise UsageError("cli.run.unwritable-record", path=str(record), why=reason(problem)) from problem


def _refused_to_start(workspace: Workspace, broken: SettingsError | None) -> NoReturn:
    """Tell what is wrong with the configuration or the rules.

    Raises:
        RouterError: always.
    """
    if broken is not None:
        raise broken
    load_rules(workspace)
    raise RulesError("cli.rules-with-failing-tests", path=quoted(workspace.rules))


def end_logs() -> None:
    """Write what was logged; where nobody reads it, what would still be said is not waited for either."""
    if not close_logs():
        drop_errors()


def _sandbox_context(workspace: Workspace) -> CheckContext:
    """The configuration without its agents: here there are as many as the rules name."""
    return replace(workspace.context(), agents=None)


def _usual_port(port: int = PAGE_PORT) -> int:
    """A usual port, or 0 for any free one where that is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
        return port


def _suggestions(rules: RuleSet) -> list[str]:
    """Messages to try: those of the set's own tests."""
    texts = dict.fromkeys(
        case.given.text for test in rules.tests for case in test.cases if case.given.text.strip()
    )
    return list(texts)[:SUGGESTIONS]


def _sandbox_settings(workspace: Workspace, world: Sandbox, secret: str) -> Settings:
    """The configuration, if there is one, with every address and credential turned to the sandbox."""
    table = {
        "channels_config": {
            "dingtalk": {
                "client_id": SANDBOX_CLIENT_ID,
                "client_secret": secret,
                "allowed_users": list(workspace.settings.channel.allowed_users)
                if workspace.settings and workspace.has_baseline
                else ["*"],
            }
        }
    }
    own = settings_from_table(table, workspace.rules, {})
    base = workspace.settings or own
    robot_name = next(app.robot_name for app in world.dingtalk.directory.apps)
    agents = {
        name: (base.agents.get(name) or AgentSettings(url=prx.base_url, progress="reaction")).model_copy(
            update={
                "url": prx.base_url,
                "token": SecretStr(prx.token),
                "signing_secret": SecretStr(""),
                "webhook_token": SecretStr(""),
                "agent_id": prx.agent_id,
                "api_rate_limit_per_minute": SANDBOX_CALLS,
            }
        )
        for name, prx in world.agents.items()
    }
    dingtalk = base.dingtalk.model_copy(
        update={
            "api_base": world.dingtalk.base_url,
            "webhook_hosts": ("127.0.0.1",),
            "robot_name": robot_name,
            "proxy": SecretStr(""),
            "ca_file": None,
        }
    )
    # What was said here is gone with the conversations and agents of this process.
    journal = base.journal.model_copy(update={"url": "memory:"})
    # Whoever is told of trouble is seen on the page: the first person there.
    notify = base.notify.model_copy(update={"staff_ids": (world.dingtalk.directory.people[0].staff_id,)})
    # A sandbox beside a router that runs must not be in its way.
    admin = base.admin.model_copy(update={"listen": f"127.0.0.1:{_usual_port(base.admin.port)}"})
    return base.model_copy(
        update={
            "channel": own.channel,
            "dingtalk": dingtalk,
            "agents": agents,
            "journal": journal,
            "admin": admin,
            "notify": notify,
        }
    )
