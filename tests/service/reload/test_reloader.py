"""The one path: what comes of a reload, what is recorded of it, and the way back."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.errors import ReloadError
from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.matching.candidates import CandidateIndex
from prx_dingtalk_router.service.reload.builder import Builder
from prx_dingtalk_router.service.reload.outcomes import Applied, RefusedReload, Unchanged

pytestmark = pytest.mark.asyncio(loop_scope="module")

MakeDesk = Callable[..., Any]


def edit(desk: Any, word: str) -> None:
    """Give the rule another reply."""
    desk.rules.write_text(
        f'rule vpn when text contains "vpn" then reply "{word}"\notherwise reply "?"\n', "utf-8"
    )


async def begun(make_desk: MakeDesk) -> Any:
    """A router whose first set is kept, as a running one keeps it."""
    desk = make_desk()
    await desk.reloader.keep_start(desk.start.built)
    return desk


async def test_what_is_applied_is_recorded(make_desk: MakeDesk) -> None:
    """Number, fingerprint, counts, who asked; and the sources are kept."""
    desk = make_desk()
    edit(desk, "two")
    outcome = await desk.reloader.reload("admin", "mei")
    assert isinstance(outcome, Applied)
    assert (outcome.number, outcome.trigger, outcome.by, outcome.rules, outcome.files) == (
        2,
        "admin",
        "mei",
        1,
        1,
    )
    assert outcome.fingerprint == desk.running == desk.kept.last.fingerprint
    assert desk.kept.entry_of(outcome).read_text("utf-8") == desk.rules.read_text("utf-8")
    assert desk.reloader.counters.results == {"applied": 1}


async def test_nothing_changed_is_no_reload(make_desk: MakeDesk) -> None:
    """The router in use is not even replaced."""
    desk = make_desk()
    before = desk.active.current
    assert await desk.reloader.reload("signal") == Unchanged(desk.running)
    assert desk.active.current is before


async def test_a_refusal_is_one_line_with_the_first_finding(
    make_desk: MakeDesk, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    """What decides stays; log and state name the first mistake and how many more there are."""
    desk = make_desk()
    before = desk.running
    desk.rules.write_text('rule a when texd is "x" then reply "y"\nrule b when groop then drop\n', "utf-8")
    outcome = await desk.reloader.reload("watch")
    assert isinstance(outcome, RefusedReload)
    assert (desk.running, outcome.errors, desk.reloader.refused) == (before, 2, outcome)
    (line,) = [each for each in logged() if each["event"] == "reload-refused"]
    assert line["more"] == 1
    assert "PRX" in line["first"]
    assert ":1:13:" in line["first"]
    assert outcome.fingerprint == desk.reloader.on_disk != before


async def test_a_failing_test_refuses_a_reload(make_desk: MakeDesk) -> None:
    """``[rules] tests``: the case is named with its place; without it the set is in force."""
    desk = make_desk()
    edit(desk, "two")
    desk.rules.write_text(desk.rules.read_text() + 'test "t" given "vpn" expect reply "one"\n')
    outcome = await desk.reloader.reload("watch")
    assert isinstance(outcome, RefusedReload)
    assert [(each.name, each.line) for each in outcome.findings] == [("failed-test", 3)]
    config = desk.folder / "prx-router.toml"
    config.write_text(config.read_text() + "[rules]\ntests = false\n")
    assert isinstance(await desk.reloader.reload("watch"), Applied)


async def test_a_broken_configuration_is_refused_as_well(make_desk: MakeDesk) -> None:
    """The problems are those that a start would show, and no secret is among them."""
    desk = make_desk()
    config = desk.folder / "prx-router.toml"
    config.write_text(config.read_text() + "[rules]\ntimezon = 1\n")
    outcome = await desk.reloader.reload("watch")
    assert isinstance(outcome, RefusedReload)
    assert outcome.findings[0].name == "configuration"
    assert "timezone" in outcome.findings[0].message
    assert "s3cr3t" not in str(outcome)


async def test_keys_that_need_a_restart_are_named_and_keep_their_value(
    make_desk: MakeDesk, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    """Once; the next edit does not say it again."""
    desk = make_desk()
    config = desk.folder / "prx-router.toml"
    config.write_text(config.read_text() + '[journal]\nretention = "1d"\n')
    outcome = await desk.reloader.reload("watch")
    assert isinstance(outcome, Applied)
    assert outcome.waiting == ("journal.retention",)
    assert desk.reloader.settings.journal.retention == 7 * 86400.0
    edit(desk, "two")
    await desk.reloader.reload("watch")
    assert len([each for each in logged() if each["event"] == "needs-restart"]) == 1


async def test_back_to_the_set_before_until_the_files_change(make_desk: MakeDesk) -> None:
    """Twice goes two sets back; the next edit is in force as any other."""
    desk = await begun(make_desk)
    prints = [desk.running]
    for word in ("two", "three"):
        edit(desk, word)
        await desk.reloader.reload("watch")
        prints.append(desk.running)
    for earlier in (prints[1], prints[0]):
        outcome = await desk.reloader.rollback(None, "mei")
        assert isinstance(outcome, Applied)
        assert (desk.running, desk.reloader.on_disk) == (earlier, prints[2])
    assert desk.reloader.held is not None
    with pytest.raises(ReloadError):
        await desk.reloader.rollback(None)
    edit(desk, "four")
    await desk.reloader.reload("watch")
    assert desk.reloader.held is None
    assert desk.running not in prints


async def test_back_to_a_set_by_its_number(make_desk: MakeDesk) -> None:
    """As the history shows it; one that is not there is an error that says so."""
    desk = await begun(make_desk)
    first = desk.running
    for word in ("two", "three"):
        edit(desk, word)
        await desk.reloader.reload("watch")
    assert (await desk.reloader.rollback(1)).again == 1
    assert desk.running == first
    with pytest.raises(ReloadError) as caught:
        await desk.reloader.rollback(77)
    assert "77" in str(caught.value)


async def test_a_kept_set_that_was_changed_is_not_served(make_desk: MakeDesk) -> None:
    """What a rollback serves is what was in force then, and nothing else."""
    desk = await begun(make_desk)
    edit(desk, "two")
    await desk.reloader.reload("watch")
    desk.kept.entry_of(desk.kept.find(1)).write_text('otherwise reply "forged"\n')
    with pytest.raises(ReloadError):
        await desk.reloader.rollback(1)


async def test_the_history_has_twenty_sets(make_desk: MakeDesk) -> None:
    """The oldest are forgotten, with their files; what is kept belongs to the owner alone."""
    desk = make_desk()
    for count in range(22):
        edit(desk, f"word {count}")
        await desk.reloader.reload("watch")
    state = desk.folder / "prx-router.state"
    assert [each.number for each in desk.kept.sets] == list(range(4, 24))
    assert len(list((state / "sets").iterdir())) == 20
    assert state.stat().st_mode & 0o777 == 0o700
    assert (state / "history.json").stat().st_mode & 0o777 == 0o600
    assert len(json.loads((state / "history.json").read_text())["sets"]) == 20


async def test_warnings_follow_the_reload(
    make_desk: MakeDesk, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    """They do not keep a set from being in force, and are told once they are found."""
    desk = make_desk()
    desk.rules.write_text('rule a when text is "x" then reply "y"\nrule b when text is "x" then reply "z"\n')
    assert isinstance(await desk.reloader.reload("watch"), Applied)
    await desk.reloader.settled()
    assert "PRX402" in {each.code for each in desk.reloader.warnings}
    (line,) = [each for each in logged() if each["event"] == "reload-warnings"]
    assert line["more"] == len(desk.reloader.warnings) - 1


async def test_what_is_remembered_decides_as_what_is_read(make_desk: MakeDesk, builder: Builder) -> None:
    """After any edit the helper's rules and index are those of a fresh check, and names candidates in the same way."""
    desk = make_desk()
    texts = [
        'list l = ["a"]\nrule a when sender in l then drop\nrule b when text matches /b(?P<n>1)/ then reply "{{ match.n }}"\n',
        'list l = ["c"]\nrule a when sender in l then drop\nrule b when text matches /b(?P<n>1)/ then reply "{{ match.n }}"\n',
        '# moved\nlist l = ["c"]\nrule b when text matches /b(?P<n>1)/ then reply "{{ match.n }}"\nrule a when group then drop\n',
    ]
    for text in texts:
        desk.rules.write_text(text)
        assert isinstance(await desk.reloader.reload("admin"), Applied)
        fresh = check_rules(desk.rules, CheckContext.of(desk.reloader.settings)).rules
        assert fresh is not None
        router = desk.active.current
        assert (router.rules.rules, router.rules.fingerprint) == (fresh.rules, fresh.fingerprint)
        assert pickle.dumps(router.index) == pickle.dumps(CandidateIndex(fresh.rules))


async def test_a_helper_that_is_killed_is_replaced(make_desk: MakeDesk, builder: Builder) -> None:
    """The memory of the machine may have run out; the next edit is in force all the same."""
    desk = make_desk()
    await desk.reloader.reload("admin")
    assert builder._process is not None
    builder._process.kill()
    edit(desk, "two")
    assert isinstance(await desk.reloader.reload("watch"), Applied)


async def test_a_folder_that_cannot_be_written_keeps_nobody_from_reloading(
    make_desk: MakeDesk, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    """What is kept on disk only helps."""
    desk = make_desk()
    (desk.folder / "prx-router.state").write_text("in the way")
    edit(desk, "two")
    assert isinstance(await desk.reloader.reload("watch"), Applied)
    assert "set-not-kept" in [each["event"] for each in logged() if each["level"] == "warning"]
