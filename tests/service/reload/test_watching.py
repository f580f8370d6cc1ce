"""However people and programs save, what is in force in the end is right: real files, the real watcher, a real helper process."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.service.reload import watching as module

pytestmark = pytest.mark.asyncio(loop_scope="module")

MakeDesk = Callable[..., Any]
BY_LOOKING = 0.1
"""Seconds between looks where nothing tells of changes."""


def edited(desk: Any) -> bytes:
    """The rules with another reply."""
    return desk.rules.read_bytes().replace(b"one", b"two")


def rename_over(desk: Any) -> None:
    """As vim and most editors save."""
    beside = desk.rules.with_name(".main.rules.swp")
    beside.write_bytes(edited(desk))
    beside.replace(desk.rules)


def write_in_place(desk: Any) -> None:
    """As nano saves."""
    desk.rules.write_bytes(edited(desk))


def write_in_two_halves(desk: Any) -> None:
    """Truncated first, and written bit by bit."""
    text = edited(desk)
    with desk.rules.open("wb", buffering=0) as file:
        file.write(text[:60])
        file.write(text[60:])


def sed_in_place(desk: Any) -> None:
    """As scripts edit."""
    subprocess.run(["sed", "-i", "s/one/two/", desk.rules], check=True)  # noqa: S607


def copy_over(desk: Any) -> None:
    """As a deployment copies."""
    beside = desk.folder / "new.rules"
    beside.write_bytes(edited(desk))
    shutil.copyfile(beside, desk.rules)


def with_a_mark(desk: Any) -> None:
    """As Notepad saves: with a byte order mark."""
    desk.rules.write_bytes(b"\xef\xbb\xbf" + edited(desk))


def with_line_ends_of_windows(desk: Any) -> None:
    """With CRLF."""
    desk.rules.write_bytes(edited(desk).replace(b"\n", b"\r\n"))


def folder_replaced(desk: Any) -> None:
    """The whole folder is another one."""
    beside = desk.folder / "rules.new"
    shutil.copytree(desk.rules.parent, beside)
    (beside / "main.rules").write_bytes(edited(desk))
    desk.rules.parent.rename(desk.folder / "rules.old")
    beside.rename(desk.rules.parent)


SOUND = (
    rename_over,
    write_in_place,
    write_in_two_halves,
    sed_in_place,
    copy_over,
    with_a_mark,
    with_line_ends_of_windows,
    folder_replaced,
)


@pytest.mark.parametrize("save", SOUND)
async def test_a_saved_edit_is_in_force(make_desk: MakeDesk, save: Callable[[Any], None]) -> None:
    """Each way of saving ends with what the files hold."""
    desk = make_desk()
    async with desk.watched():
        save(desk)
        await desk.in_force()
    assert desk.active.current.rules.rules[0].chains[0][0].step.template.source == "two"


def emptied(desk: Any) -> None:
    """Nothing is left."""
    desk.rules.write_bytes(b"")


def deleted(desk: Any) -> None:
    """The file is gone."""
    desk.rules.unlink()


def moved_away(desk: Any) -> None:
    """The folder is gone."""
    desk.rules.parent.rename(desk.folder / "elsewhere")


def a_folder_in_its_place(desk: Any) -> None:
    """What cannot be read as a file."""
    desk.rules.unlink()
    desk.rules.mkdir()


def not_permitted(desk: Any) -> None:
    """The file may not be read any more."""
    desk.rules.chmod(0)


def in_gbk(desk: Any) -> None:
    """Another encoding."""
    desk.rules.write_bytes(edited(desk).replace(b"two", "二".encode("gbk")))


def wrong(desk: Any) -> None:
    """A mistake."""
    desk.rules.write_bytes(edited(desk).replace(b"then reply", b"thn reply", 1))


as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
REFUSED = (
    (deleted, "unusable"),
    (moved_away, "unusable"),
    (a_folder_in_its_place, "unusable"),
    pytest.param(not_permitted, "unusable", marks=as_root),
    (in_gbk, "PRX101"),
    (wrong, "PRX102"),
)


@pytest.mark.parametrize(("save", "code"), REFUSED)
async def test_what_cannot_run_is_refused_and_the_next_sound_edit_is_in_force(
    make_desk: MakeDesk, save: Callable[[Any], None], code: str
) -> None:
    """What decides stays; once the files are right again they are in force."""
    desk = make_desk()
    before, text = desk.running, edited(desk)
    async with desk.watched():
        save(desk)
        await desk.refused(code)
        assert desk.running == before
        if desk.rules.is_dir():
            desk.rules.rmdir()
        desk.rules.parent.mkdir(exist_ok=True)
        desk.rules.unlink(missing_ok=True)
        desk.rules.write_bytes(text)
        await desk.in_force()
    assert desk.running != before


async def test_half_a_file_that_is_refused_is_followed_by_the_whole(make_desk: MakeDesk) -> None:
    """Whoever is slow to write the second half is refused in between, and no more than that."""
    desk = make_desk()
    text = edited(desk)
    async with desk.watched():
        desk.rules.write_bytes(text[: text.index(b"reply")])
        await desk.until(lambda: desk.reloader.refused is not None)
        with desk.rules.open("ab") as file:
            file.write(text[text.index(b"reply") :])
        await desk.in_force()


async def test_an_empty_file_is_a_set_of_its_own(make_desk: MakeDesk) -> None:
    """What is checked to be sound is in force, also when there is no rule in it; the next edit is as well."""
    desk = make_desk()
    text = edited(desk)
    async with desk.watched():
        emptied(desk)
        await desk.until(lambda: bool(desk.outcomes))
        desk.rules.write_bytes(text)
        await desk.in_force()
    assert len(desk.active.current.rules.rules) == 1


async def test_a_link_that_is_swapped_is_a_change(make_desk: MakeDesk, tmp_path: Path) -> None:
    """Kubernetes swaps a link to a folder; used files beside it count from then on as well."""
    for version, word in (("..1", "one"), ("..2", "two")):
        (tmp_path / "rules" / version).mkdir(parents=True)
        (tmp_path / "rules" / version / "main.rules").write_text(
            f'use "more.rules"\notherwise reply "{word}"\n', "utf-8"
        )
        (tmp_path / "rules" / version / "more.rules").write_text('rule a when text is "a" then reply "b"\n')
    (tmp_path / "rules" / "..data").symlink_to("..1")
    (tmp_path / "rules" / "main.rules").symlink_to("..data/main.rules")
    desk = make_desk(rules=None)
    async with desk.watched():
        (tmp_path / "rules" / "..new").symlink_to("..2")
        (tmp_path / "rules" / "..new").replace(tmp_path / "rules" / "..data")
        await desk.in_force()
        shutil.rmtree(tmp_path / "rules" / "..1")
        (tmp_path / "rules" / "..2" / "more.rules").write_text('rule a when text is "c" then reply "b"\n')
        await desk.in_force()
    assert desk.active.current.rules.rules[0].condition.literals == ("c",)


USES = """language 1
use "more.rules"
list staff = lines "staff.txt"
template hello = file "hello.txt"
rule a when sender in staff then reply hello
otherwise reply "?"
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("more.rules", 'rule b when group then reply "x"\n'),
        ("staff.txt", "u1\nu2\nu3\n"),
        ("hello.txt", "hi"),
    ],
)
async def test_a_file_that_is_named_counts_as_well(
    make_desk: MakeDesk, tmp_path: Path, name: str, content: str
) -> None:
    """A used file, a list or a template that changes alone is a change of the set."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "more.rules").write_text('rule b when private then reply "x"\n')
    (tmp_path / "rules" / "staff.txt").write_text("u1\nu2\n")
    (tmp_path / "rules" / "hello.txt").write_text("hello")
    desk = make_desk(rules=USES)
    before = desk.running
    async with desk.watched():
        (tmp_path / "rules" / name).write_text(content)
        await desk.in_force()
    assert desk.running != before


async def test_a_missing_file_that_appears_is_a_change(make_desk: MakeDesk, tmp_path: Path) -> None:
    """What was looked for and not found is watched, too."""
    desk = make_desk()
    async with desk.watched():
        (tmp_path / "rules" / "sub").mkdir()
        desk.rules.write_text('use "sub/later.rules"\notherwise reply "?"\n')
        await desk.until(lambda: desk.reloader.refused is not None)
        (tmp_path / "rules" / "sub" / "later.rules").write_text('rule b when private then reply "x"\n')
        await desk.in_force()


async def test_configuration_and_rules_change_together(make_desk: MakeDesk) -> None:
    """A rule that names a new agent is in force with the configuration that has it, whichever is saved first."""
    desk = make_desk()
    config = desk.folder / "prx-router.toml"
    async with desk.watched():
        desk.rules.write_text('rule a when text is "a" then agent desk\notherwise reply "?"\n')
        await desk.until(lambda: desk.reloader.refused is not None)
        config.write_text(config.read_text() + '[agents.desk]\nurl = "http://127.0.0.1:2"\n')
        await desk.in_force()
    assert set(desk.reloader.settings.agents) == {"helpdesk", "desk"}
    assert desk.reloader.running.changed == ("agents.desk",)


async def test_looking_is_enough_where_nobody_tells_of_changes(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system without notices the content is looked at all the same."""

    def silent(*_: object, **__: object) -> Any:
        raise OSError("no notices here")

    monkeypatch.setattr(module, "RustNotify", silent)
    desk = make_desk()
    async with desk.watched(look_seconds=BY_LOOKING):
        write_in_place(desk)
        await desk.in_force()
    assert desk.reloader.running.trigger == "poll"


async def test_touching_is_no_change(make_desk: MakeDesk) -> None:
    """Only content counts: a new time is nothing, the edit after it is the first reload."""
    desk = make_desk()
    async with desk.watched():
        os.utime(desk.rules)
        rename_over(desk)
        await desk.in_force()
    assert len(desk.outcomes) == 1


async def test_manual_means_that_nothing_is_loaded_unasked(make_desk: MakeDesk) -> None:
    """With ``reload = "manual"`` a change is only known of, until somebody asks."""
    desk = make_desk()
    config = desk.folder / "prx-router.toml"
    config.write_text(config.read_text() + '[rules]\nreload = "manual"\n')
    await desk.reloader.reload("admin")
    before = desk.running
    async with desk.watched(look_seconds=BY_LOOKING) as watching:
        write_in_place(desk)
        await watching.until_behind()
        assert desk.running == before
        await desk.reloader.reload("admin")
    assert desk.running != before
