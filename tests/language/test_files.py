"""Reading the files of a set (language.md sections 2 and 3)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language import CheckContext, CheckResult, RuleSet, check_rules, entry_of
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.ruleset import resolve
from prx_dingtalk_router.language.syntax.build import build
from prx_dingtalk_router.language.syntax.lexer import lex
from prx_dingtalk_router.language.syntax.parser import parse

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]
Rules = Callable[..., RuleSet]

REST = "\nrule r when always then drop"


def test_the_entry_of_a_folder_is_main_rules(tmp_path: Path) -> None:
    """A folder stands for its ``main.rules``, a file for itself."""
    (tmp_path / "main.rules").write_text("otherwise drop")
    assert entry_of(tmp_path) == entry_of(tmp_path / "main.rules") == tmp_path / "main.rules"


def test_a_missing_entry_is_an_error_in_words(tmp_path: Path) -> None:
    """Neither an empty folder nor a missing file is a set."""
    for path in (tmp_path, tmp_path / "none.rules"):
        with pytest.raises(UsageError, match=r"there is no"):
            entry_of(path)


def test_a_byte_order_mark_is_tolerated(found: Found) -> None:
    """UTF-8 with a mark is UTF-8, and places are not shifted by it."""
    assert found(b"\xef\xbb\xbflanguage 1\notherwise drop") == []


@pytest.mark.parametrize(
    ("content", "encoding", "offset"),
    [
        ('rule r when text is "发票" then drop'.encode("gbk"), "GBK", 21),
        ('rule r when text is "发票" then drop'.encode("utf-16"), "UTF-16", 0),
        ("rule r when group then drop".encode("utf-16-le"), "UTF-16", 0),
        ("rule r when group then drop".encode("utf-16-be"), "UTF-16", 0),
        (f"# {'请联系服务台' * 9}\notherwise drop".encode("utf-16-le"), "UTF-16", 0),
        (b'rule r when text is "\xff\xfe\x00\xff" then drop', None, 21),
        (b"\xef\xbb\xbfotherwise drop \xff", None, 18),
    ],
)
def test_another_encoding_is_named_with_its_first_byte(
    check: Check, content: bytes, encoding: str | None, offset: int
) -> None:
    """The diagnostic says which encoding it looks like, if that can be told, and from which byte on."""
    first = check(content).diagnostics[0]
    assert first.name == "wrong-encoding"
    said = first.message.render("en")
    assert said.endswith(f"; it looks like {encoding}" if encoding else f"(from byte {offset} on)")
    assert first.message.params["offset"] == offset


def test_an_absent_version_is_the_first(found: Found) -> None:
    """``language 1`` may be left out."""
    assert found("otherwise drop") == []


def test_an_unknown_version_says_what_is_needed(check: Check) -> None:
    """A later version needs a newer release."""
    only = check("language 2\notherwise drop").diagnostics[0]
    assert only.name == "unknown-version"
    assert "2" in only.message.render("en")
    assert "newer" in only.message.render("en")


def test_the_version_opens_its_file(found: Found) -> None:
    """Anywhere else it is misplaced."""
    assert found("otherwise drop\nlanguage 1") == [("misplaced-version", "language 1")]


def test_wide_blanks_count_as_blanks_with_a_warning_and_a_fix(check: Check) -> None:
    """U+3000 and U+00A0 part words; each run is one warning."""
    result = check("rule\u3000r\u00a0when always then drop")
    wide = [each for each in result.diagnostics if each.name == "wide-blank"]
    assert result.rules is not None
    assert [each.span.text for each in wide] == ["\u3000", "\u00a0"]
    assert all((fix := each.fix()) is not None and fix.edits[0].text == " " for each in wide)


# ---- use


def test_a_used_file_is_read_once(check: Check) -> None:
    """A second ``use`` is a warning, and its rules stand once."""
    result = check(
        'use "b.rules"\nuse "sub/../b.rules"' + REST, {"b.rules": "rule b when group then drop", "sub/x": ""}
    )
    assert [each.name for each in result.diagnostics if each.name != "no-otherwise"] == ["used-twice"]
    assert result.rule_count == 2


def test_paths_are_relative_to_the_file_that_names_them(rules: Rules) -> None:
    """A file in a folder names its neighbours without the folder."""
    checked = rules(
        'use "sub/a.rules"\notherwise drop',
        {"sub/a.rules": 'list l = lines "l.txt"\nrule a when sender in l then drop', "sub/l.txt": "u1"},
    )
    assert checked.rules[0].condition.literals == ("u1",)  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["../x.rules", "/etc/hosts", "sub/../../x.rules"])
def test_a_file_outside_the_folder_is_refused(found: Found, path: str) -> None:
    """Nothing outside the folder of the entry is read."""
    assert found(f'use "{path}"{REST}') == [("outside-folder", f'"{path}"')]


def test_a_link_out_of_the_folder_is_refused(
    check: Check, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Links are resolved before the folder is compared."""
    outside = tmp_path_factory.mktemp("outside") / "x.rules"
    outside.write_text("otherwise drop")
    (tmp_path / "x.rules").symlink_to(outside)
    assert "outside-folder" in [each.name for each in check(f'use "x.rules"{REST}').diagnostics]


def test_a_link_within_the_folder_is_followed(check: Check, tmp_path: Path) -> None:
    """The same file by two names is read once."""
    (tmp_path / "b.rules").write_text("rule b when group then drop")
    (tmp_path / "c.rules").symlink_to(tmp_path / "b.rules")
    result = check(f'use "b.rules"\nuse "c.rules"{REST}')
    assert "used-twice" in [each.name for each in result.diagnostics]
    assert result.rules is not None


def test_a_linked_entry_has_the_folder_of_its_target(tmp_path: Path) -> None:
    """A mounted folder of links, as Kubernetes makes them, is one set."""
    data = tmp_path / "..data"
    data.mkdir()
    (data / "main.rules").write_text('use "b.rules"\notherwise drop')
    (data / "b.rules").write_text("rule b when group then drop")
    for name in ("main.rules", "b.rules"):
        (tmp_path / name).symlink_to(data / name)
    assert check_rules(tmp_path).rules is not None


def test_a_circle_of_files_is_an_error_with_its_chain(check: Check) -> None:
    """The chain is shown from the file that closes it."""
    result = check('use "a.rules"', {"a.rules": 'use "b.rules"', "b.rules": 'use "a.rules"'})
    (circle,) = (each for each in result.diagnostics if each.name == "include-cycle")
    assert "a.rules → b.rules → a.rules" in circle.message.render("en")
    assert circle.span.source.name == "b.rules"


def test_a_file_that_uses_itself_is_a_circle(found: Found) -> None:
    """The shortest circle."""
    assert found('use "main.rules"') == [("include-cycle", '"main.rules"')]


def chain(length: int) -> dict[str, str]:
    """Files ``1.rules`` to ``<length>.rules``, each using the next."""
    files = {f"{n}.rules": f'use "{n + 1}.rules"' for n in range(1, length)}
    return {**files, f"{length}.rules": "rule deep when group then drop"}


def test_ten_uses_deep_is_deep_enough(rules: Rules) -> None:
    """Ten ``use`` within each other are read."""
    assert [rule.name for rule in rules('use "1.rules"', chain(10)).rules] == ["deep"]


def test_eleven_uses_deep_is_too_deep(found: Found) -> None:
    """The eleventh is an error at its place."""
    assert found('use "1.rules"', chain(11)) == [("include-depth", '"11.rules"')]


@pytest.mark.parametrize("path", ["none.rules", "folder", "", "a\\u{0}b", "x" * 300])
def test_a_file_that_cannot_be_read_is_an_error_at_its_name(found: Found, path: str) -> None:
    """Missing, a folder, an impossible name: an error in words."""
    assert found(f'use "{path}"{REST}', {"folder/x": ""}) == [("unreadable-file", f'"{path}"')]


def test_a_pipe_is_never_opened(found: Found, tmp_path: Path) -> None:
    """What is no regular file would hold the check up for ever."""
    os.mkfifo(tmp_path / "pipe")
    assert found(f'use "pipe"{REST}') == [("unreadable-file", '"pipe"')]


# ---- lines and templates


def test_lines_are_trimmed_and_comments_skipped(rules: Rules) -> None:
    """One entry a line; blank lines and lines that begin with ``#`` are none."""
    content = "\ufeff# staff\r\n u1 \r\n\r\n\u3000u2#x\n   # u9\nu3 u4\n"
    checked = rules('list l = lines "l.txt"\nrule r when sender in l then drop', {"l.txt": content})
    assert checked.rules[0].condition.literals == ("u1", "u2#x", "u3 u4")  # type: ignore[union-attr]


@pytest.mark.parametrize("content", ["", "\n\n", "# only\n  # comments"])
def test_a_list_file_without_entries_is_an_error(found: Found, content: str) -> None:
    """An emptied export must not open doors."""
    assert found('list l = lines "l.txt"\nrule r when not sender in l then drop', {"l.txt": content}) == [
        ("empty-list", '"l.txt"')
    ]


def test_a_list_file_in_another_encoding_is_named(check: Check) -> None:
    """List files are UTF-8 as rules are."""
    result = check(
        'list l = lines "l.txt"\nrule r when text contains l then drop', {"l.txt": "发票".encode("gbk")}
    )
    assert [(each.name, each.span.source.name) for each in result.diagnostics if each.is_error] == [
        ("wrong-encoding", "l.txt")
    ]


def test_diagnostics_point_into_list_files(check: Check) -> None:
    """An entry that stands twice is shown in the file that holds it, under the name that is relative to the base."""
    result = check(
        'list l = lines "sub/l.txt"\nrule r when sender in l then drop', {"sub/l.txt": "u1\nu2\nu1\n"}
    )
    (twice,) = (each for each in result.diagnostics if each.name == "entry-twice")
    assert (twice.span.source.name, twice.span.begin.line, twice.span.text) == ("sub/l.txt", 3, "u1")


# ---- fingerprints and overlays


def test_the_fingerprint_follows_every_file(check: Check) -> None:
    """The same files give the same fingerprint; a change in any of them another."""
    text = 'use "b.rules"\nlist l = lines "l.txt"\ntemplate t = file "t.j2"\nrule r when sender in l then reply t'
    files = {"b.rules": "rule b when group then drop", "l.txt": "u1", "t.j2": "hello"}
    first = check(text, files).rules
    assert first is not None
    seen = {first.fingerprint}
    for name in files:
        changed = check(text, {**files, name: files[name] + "\n# more\n"}).rules
        assert changed is not None
        seen.add(changed.fingerprint)
    again = check(text, files).rules
    assert again is not None
    assert again.fingerprint == first.fingerprint
    assert len(seen) == 4


def test_an_overlay_stands_in_for_any_file(tmp_path: Path) -> None:
    """An editor's unsaved text is checked instead of what is on disk, also for lists."""
    (tmp_path / "main.rules").write_text("broken")
    (tmp_path / "l.txt").write_text("")
    overlay = {
        (tmp_path / "main.rules").resolve(): 'list l = lines "l.txt"\nrule r when sender in l then drop',
        (tmp_path / "l.txt").resolve(): "u7",
    }
    result = check_rules(tmp_path, overlay=overlay)
    assert result.rules is not None
    assert result.rules.rules[0].condition.literals == ("u7",)  # type: ignore[union-attr]


# ---- each file once


def test_no_later_stage_reads(tmp_path: Path) -> None:
    """Once all files are read, the disk is not needed: what is resolved is what was read."""
    (tmp_path / "main.rules").write_text(
        'list l = lines "l.txt"\ntemplate t = file "t.j2"\nrule r when text in l then reply t'
    )
    (tmp_path / "l.txt").write_text("u1")
    (tmp_path / "t.j2").write_text("hello")
    diagnostics = Diagnostics()
    files = FileSet(tmp_path / "main.rules", diagnostics)
    for source in files:
        files.add(source, build(parse(lex(source.text)), source.name))
    shutil.rmtree(tmp_path)
    rules, _ = resolve(files, CheckContext(), diagnostics)
    assert [each.name for each in diagnostics.in_order()] == []
    assert rules.rules[0].condition.literals == ("u1",)  # type: ignore[union-attr]


def test_a_file_that_is_named_twice_is_read_once(found: Found) -> None:
    """What is wrong with it is told once, by whatever it is named."""
    text = 'list a = lines "l.txt"\nlist b = lines "l.txt"\nrule r when text in a or text in b then drop'
    assert found(text, {"l.txt": "发票".encode("gbk")}, severity="error") == [("wrong-encoding", "")]


def test_a_file_reached_in_two_ways_is_at_the_place_of_its_first_use(rules: Rules) -> None:
    """In rule order, whichever `use` is nearer to the entry."""
    checked = rules(
        'use "a.rules"\nuse "b.rules"\nrule m when admin then drop\notherwise drop',
        {
            "a.rules": 'rule a when group then drop\nuse "b.rules"',
            "b.rules": "rule b when private then drop",
        },
    )
    assert [rule.name for rule in checked.rules] == ["a", "b", "m"]


@pytest.mark.parametrize("named", ["l.txt", "t.j2", "b.rules"])
@pytest.mark.parametrize(
    ("content", "code"), [("x" * 100_001, "line-too-long"), ("x\n" * (4 << 20) + "x", "file-too-large")]
)
def test_limits_hold_for_every_file(check: Check, named: str, content: str, code: str) -> None:
    """Nothing of it is read, and nothing else is said of it."""
    files = {"l.txt": "u1", "t.j2": "hello", "b.rules": "rule b when admin then drop", named: content}
    text = 'use "b.rules"\nlist l = lines "l.txt"\ntemplate t = file "t.j2"\nrule r when sender in l then reply t'
    errors = [(each.name, each.span.source.name) for each in check(text, files).diagnostics if each.is_error]
    assert errors == [(code, named)]
