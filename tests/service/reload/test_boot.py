"""Which set a router starts with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.service.reload.boot import boot
from prx_dingtalk_router.service.reload.build import Origin
from prx_dingtalk_router.service.reload.kept_sets import KeptSets

pytestmark = pytest.mark.asyncio(loop_scope="module")

MakeDesk = Callable[..., Any]


async def started(make_desk: MakeDesk) -> Any:
    """A router that applied two sets, the second with a wrong word afterwards."""
    desk = make_desk()
    await desk.reloader.keep_start(desk.start.built)
    desk.rules.write_text('rule a when text is "a" then reply "b"\notherwise reply "?"\n')
    await desk.reloader.reload("watch")
    return desk


async def test_broken_rules_start_with_the_last_good_ones(make_desk: MakeDesk) -> None:
    """Restarted with a mistake in the files the router runs what ran before, and the next sound edit is in force."""
    earlier = await started(make_desk)
    before, text = earlier.running, earlier.rules.read_text()
    earlier.rules.write_text(text.replace("then", "thn", 1))
    desk = make_desk(folder=earlier.folder)
    assert desk.running == before
    assert desk.reloader.refused is not None
    assert desk.reloader.running.number == 2
    assert desk.reloader.on_disk != before
    async with desk.watched():
        desk.rules.write_text(text.replace("b", "c"))
        await desk.in_force()
    assert desk.reloader.running.number == 3


async def test_missing_rules_start_with_the_last_good_ones(make_desk: MakeDesk) -> None:
    """As when the folder is not mounted yet."""
    earlier = await started(make_desk)
    earlier.rules.parent.rename(earlier.folder / "away")
    desk = make_desk(folder=earlier.folder)
    assert desk.running == earlier.running
    async with desk.watched():
        (earlier.folder / "away").rename(earlier.rules.parent)
        await desk.until(lambda: desk.reloader.refused is None)
    assert desk.running == earlier.running


async def test_strict_does_not_start(make_desk: MakeDesk) -> None:
    """``boot = "strict"``, and the first start of all, end with what is wrong."""
    earlier = await started(make_desk)
    earlier.rules.write_text("rule a when")
    strict = earlier.reloader.settings.model_copy(
        update={"rules": earlier.reloader.settings.rules.model_copy(update={"boot": "strict"})}
    )
    assert boot(strict, Origin(), earlier.kept) is None
    assert boot(earlier.reloader.settings, Origin(), KeptSets(earlier.folder / "nothing")) is None


async def test_a_last_good_set_that_names_a_removed_agent_does_not_start(make_desk: MakeDesk) -> None:
    """It is checked against the configuration of today; the set before it may be right with that."""
    earlier = await started(make_desk)
    second = earlier.running
    earlier.rules.write_text('rule a when text is "a" then agent helpdesk\notherwise reply "?"\n')
    await earlier.reloader.reload("watch")
    config = earlier.folder / "prx-router.toml"
    config.write_text(config.read_text().split("[agents")[0])
    desk = make_desk(folder=earlier.folder)
    assert desk.running == second
    assert desk.reloader.running.again == 2


async def test_a_rollback_outlasts_a_restart(make_desk: MakeDesk) -> None:
    """Until the files change, also while nothing runs."""
    earlier = await started(make_desk)
    await earlier.reloader.rollback(None)
    desk = make_desk(folder=earlier.folder)
    assert desk.running == earlier.running != desk.reloader.on_disk
    desk.rules.write_text(desk.rules.read_text().replace("b", "c"))
    changed = make_desk(folder=earlier.folder)
    assert changed.running == changed.reloader.on_disk


async def test_a_restart_is_no_new_set(make_desk: MakeDesk) -> None:
    """The set goes on under its number, so that restarts do not fill the history."""
    earlier = await started(make_desk)
    for _ in range(3):
        desk = make_desk(folder=earlier.folder)
        await desk.reloader.keep_start(desk.start.built)
    assert [each.number for each in desk.kept.sets] == [1, 2]


async def test_failing_tests_keep_the_last_good_set(make_desk: MakeDesk) -> None:
    """An edit that was refused is not in force after a restart; the first set of all starts even so."""
    earlier = await started(make_desk)
    text = earlier.rules.read_text().replace("b", "c") + 'test "t" given "a" expect reply "b"\n'
    earlier.rules.write_text(text)
    desk = make_desk(folder=earlier.folder)
    assert desk.running == earlier.running
    assert desk.reloader.refused is not None
    alone = boot(desk.reloader.settings, Origin(), KeptSets(earlier.folder / "nothing"))
    assert alone is not None
    assert alone.router.rules.fingerprint == desk.reloader.on_disk


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 99, "sets": []}', b"\xff\xfe"])
async def test_a_history_that_cannot_be_read_is_none(make_desk: MakeDesk, content: bytes) -> None:
    """It only helps, and never keeps a router from starting."""
    earlier = await started(make_desk)
    (earlier.folder / "prx-router.state" / "history.json").write_bytes(content)
    assert make_desk(folder=earlier.folder).running == earlier.running
