"""A report of an earlier run is the one that a check would give now, whatever changed in between."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.cli import checking, program_stamp
from prx_dingtalk_router.cli.cache_folder import CacheFolder
from prx_dingtalk_router.cli.checking import check_now
from prx_dingtalk_router.cli.main import run
from prx_dingtalk_router.cli.report_cache import ReportCache, of_today
from prx_dingtalk_router.language import CheckContext

EXAMPLES = int(os.environ.get("REPORT_CACHE_EXAMPLES", "10"))

CONFIG = '[channels_config.dingtalk]\nclient_id = "d"\nclient_secret = "s"\nallowed_users = ["{user}"]\n[agents.{agent}]\nurl = "http://127.0.0.1:1"\n'
VARIANTS = {
    "prx-router.toml": [
        CONFIG.format(user="u1", agent="a"),
        CONFIG.format(user="*", agent="b"),
        CONFIG.format(user="*", agent="a") + '[validate]\nignore = ["PRX203"]\n',
        CONFIG.format(user="*", agent="a") + '[rules]\ncalendar = "CN"\n',
        None,
    ],
    "rules/main.rules": [
        'use "one/it.rules"\nlist ids = lines "ids.txt"\ntemplate t = file "t.txt"\nrule r when sender in ids or sender in it then reply t\notherwise agent a\n',
        'use "one/it.rules"\nuse "other/it.rules"\nlist ids = lines "ids.txt"\nrule r when sender in ids then agent a\n',
        'list ids = lines "ids.txt" # prx: ignore PRX203\nhours h = workdays 09:00-18:00\nrule r when during h then drop\n',
        "hours h = 2027-01-02 09:00-18:00\nrule r when during h then drop\notherwise drop\n",
        "otherwise drop // wrong\n",
        "",
        None,
    ],
    "rules/one/it.rules": ['list it = ["u1"]\n', 'list it = ["u1", "u1"]\n', 'list x = ["u1"]\n', None],
    "rules/other/it.rules": ['list it = ["u2"]\n', 'list them = ["u2"]\n', "rule\n"],
    "rules/ids.txt": ["u1\nu2\n", "u1\nu1\n", "王芳\n", "", None],
    "rules/t.txt": ["hi {{ sender.name }}", "{{ nobody }}", "{% if %}", None],
}
STEPS = st.one_of(
    st.sampled_from([(name, content) for name, contents in VARIANTS.items() for content in contents]),
    st.tuples(st.just("day"), st.sampled_from(["2026-03-02", "2027-06-01", "2098-01-01"])),
    st.tuples(st.just("language"), st.sampled_from(["zh", "en"])),
    st.tuples(st.just("link"), st.sampled_from(["one", "other"])),
    st.tuples(st.just("select"), st.sampled_from(["PRX2", ""])),
    st.tuples(st.just("stamp"), st.sampled_from(["1", "2"])),
)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The entries of sets that were checked, and not only remembered."""
    made: list[Path] = []

    def counting(check: Callable[..., Any]) -> Callable[..., Any]:
        def counted(entry: Path, *given: Any, **named: Any) -> Any:
            made.append(entry)
            return check(entry, *given, **named)

        return counted

    for name in ("check_now", "report_on"):
        monkeypatch.setattr(checking, name, counting(getattr(checking, name)))
    return made


def put(path: Path, content: str | None) -> None:
    """Write a file, or remove it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_text(content, "utf-8")


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=8))
def test_it_says_what_a_check_says(steps: list[tuple[str, str | None]]) -> None:
    """After any edit of rules, lists, templates or configuration, on any day, in any language, by any version."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as name:
        folder = Path(name)
        patch.chdir(folder)
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        world = {"day": "2026-03-02", "language": "en", "select": "", "stamp": "1"}
        patch.setattr(
            CheckContext, "current_date", lambda self: self.today or date.fromisoformat(world["day"])
        )
        patch.setattr("prx_dingtalk_router.cli.report_cache.program_stamp", lambda: world["stamp"])
        for file, contents in VARIANTS.items():
            put(folder / file, contents[0])
        for what, value in steps:
            if what == "link":
                put(folder / "rules" / "one" / "it.rules", None)
                (folder / "rules" / "one" / "it.rules").symlink_to(folder / "rules" / str(value) / "it.rules")
            elif what in world:
                world[what] = str(value)
            else:
                put(folder / what, value)
            told = [shown(folder, world, *options) for options in ((), (), ("--no-cache",))]
            assert told[0] == told[2]
            assert told[1] == told[2]


def shown(folder: Path, world: dict[str, str], *options: str) -> tuple[int, str, str]:
    """What ``validate`` writes, and how it ends."""
    out, err = io.StringIO(), io.StringIO()
    select = ("--select", world["select"]) if world["select"] else ()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["validate", "rules", "--json", "--lang", world["language"], *select, *options], {})
    use_language("en")
    return code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github"])
@pytest.mark.parametrize("options", [(), ("--select", "PRX2"), ("--ignore", "PRX203"), ("--diff",)])
def test_every_form_is_the_same(
    invoke: Callable[..., Any], faulty: Path, checks: list[Path], form: str, options: tuple[str, ...]
) -> None:
    """Places, related places, fixes and their kinds, in all forms; the set is checked once."""
    first, second = (invoke("validate", "--format", form, *options) for _ in range(2))
    assert len(checks) == 1
    assert first == second == invoke("validate", "--format", form, *options, "--no-cache")


def test_many_of_a_kind_are_counted_the_same(
    invoke: Callable[..., Any], write: Callable[..., Path], checks: list[Path]
) -> None:
    """What stands for findings that are not listed weighs as much, and is chosen by their code."""
    write("rules/main.rules", "".join(f'list l{n} = ["x"]\n' for n in range(50)) + "otherwise drop\n")
    for options in ((), ("--ignore", "PRX203"), ("--select", "PRX4")):
        told = [invoke("validate", *options) for _ in range(2)]
        assert told[0] == told[1]
    assert len(checks) == 1


def test_a_fix_is_made_from_what_is_remembered(
    invoke: Callable[..., Any], faulty: Path, checks: list[Path]
) -> None:
    """``--fix`` needs no second look at what was found before, and looks again at what it wrote."""
    invoke("validate")
    told = invoke("validate", "--fix")
    assert (len(checks), "fixed: " in told.err) == (1, True)
    assert "PRX111" not in invoke("validate").out


@pytest.mark.parametrize("broken", ["", "rule\n" * 40, "otherwise drop // x\n"])
def test_a_file_that_cannot_be_read_is_looked_for_again(
    invoke: Callable[..., Any], write: Callable[..., Path], checks: list[Path], broken: str
) -> None:
    """While a file is missing nothing is remembered; when it appears, it counts."""
    write("rules/main.rules", 'use "later.rules"\notherwise drop\n')
    assert invoke("validate").code == invoke("validate").code == 1
    assert len(checks) == 2
    later = write("rules/later.rules", broken)
    told = invoke("validate", "--no-cache")
    assert invoke("validate") == invoke("validate") == told
    later.write_bytes(b"\xff")
    assert invoke("validate").code == 1
    assert invoke("validate") == invoke("validate", "--no-cache")


def test_a_link_to_the_entry_leads_where_it_leads_now(
    invoke: Callable[..., Any], write: Callable[..., Path], tmp_path: Path, checks: list[Path]
) -> None:
    """The set around a file is found by a link that may be another one the next time."""
    write("rules/one.rules", 'use "sub/a.rules"\notherwise drop\n')
    write("rules/two.rules", 'use "sub/a.rules"\nrule\n')
    write("rules/sub/a.rules", "")
    link = tmp_path / "rules" / "main.rules"
    for target, code in (("one", 0), ("two", 1), ("one", 0)):
        link.unlink(missing_ok=True)
        link.symlink_to(f"{target}.rules")
        for path in ("rules/sub/a.rules", "rules"):
            assert invoke("validate", path).code == code
    assert len(checks) == 2


def test_what_is_there_may_be_anything(
    write: Callable[..., Path], tmp_path: Path, checks: list[Path]
) -> None:
    """An entry of another form, or of another set, is no answer."""
    entry = write("main.rules", "otherwise drop\n")
    folder, context = CacheFolder(tmp_path / "c"), of_today(CheckContext())
    cache = ReportCache(folder)
    cache.remember(entry, context, check_now(entry, context, {}))
    (kept,) = (tmp_path / "c").iterdir()
    payload = folder.get(kept.name)
    assert payload is not None
    assert cache.recall(entry, context) is not None
    for other in (
        b"",
        b"\xc0",
        b"\x95\xa1x\x90\x90\x00\x90",
        payload[:-1],
        payload.replace(b"drop", b"dr\xffp")[1:],
    ):
        folder.put(kept.name, other)
        assert cache.recall(entry, context) is None
    elsewhere = write("other.rules", "otherwise drop\n")
    cache.remember(elsewhere, context, check_now(elsewhere, context, {}))
    (new,) = [each for each in (tmp_path / "c").iterdir() if each.name != kept.name]
    folder.put(kept.name, new.read_bytes()[32:])
    assert cache.recall(entry, context) is None


def test_a_name_that_is_no_text_is_not_remembered(
    invoke: Callable[..., Any], tmp_path: Path, checks: list[Path]
) -> None:
    """A path of bytes that no encoding explains is checked each time."""
    path = Path(str(tmp_path) + "/\udcff.rules")
    path.write_text("otherwise drop\n")
    assert [invoke("validate", path, "--format", "concise").code for _ in range(2)] == [0, 0]
    assert len(checks) == 2


def test_where_there_is_no_cache_everything_is_checked(
    invoke: Callable[..., Any], sound: Path, tmp_path: Path, checks: list[Path]
) -> None:
    """A cache folder that cannot be made, and ``--no-cache``: the same words, and none about the cache."""
    (tmp_path / "file").write_text("")
    told = [invoke("validate", XDG_CACHE_HOME=str(tmp_path / "file")) for _ in range(2)]
    assert told[0] == told[1]
    assert (told[0].code, told[0].err, len(checks)) == (0, "", 2)


def test_the_stamp_of_the_program_counts(
    invoke: Callable[..., Any], sound: Path, checks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version knows nothing of what this one found."""
    invoke("validate")
    monkeypatch.setattr("prx_dingtalk_router.__version__", "99")
    program_stamp.program_stamp.cache_clear()
    invoke("validate")
    assert len(checks) == 2
    program_stamp.program_stamp.cache_clear()


def test_nothing_secret_is_kept(
    invoke: Callable[..., Any], sound: Path, configuration: Path, tmp_path: Path
) -> None:
    """An entry holds digests, places and sentences, and nothing of the configuration."""
    configuration.write_text(
        CONFIG.format(user="u1", agent="helpdesk").replace('"s"', '"s3cr3t-0f-th3-b0t"'), "utf-8"
    )
    invoke("validate", "--json")
    entries = [path for path in (tmp_path / ".cache").rglob("*") if path.is_file()]
    assert entries
    assert not any(b"s3cr3t" in path.read_bytes() for path in entries)
