"""The canonical layout: what it looks like, and that nothing but blanks ever changes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.formatting import WIDTH, NotFormattedError, format_rules
from prx_dingtalk_router.language.syntax.lexer import Piece, lex

ROOT = Path(__file__).parents[3]
KEPT = [
    path
    for folder in ("examples", "rules", "prx_dingtalk_router/cli/scaffold")
    for path in sorted((ROOT / folder).rglob("*.rules"))
]

UNTIDY = '''# about this set


language 1
use   "people.rules"
# ids
list staff = ["u1",  # 王芳
"u2", # 李四
 "u3"]
list words=["一","二",]
list long = ["代开发票代开发票", "刷单兼职刷单兼职", "加微信领红包", "代开发票一", "刷单兼职二", "加微信领红包三"]
hours office = workdays 09:00-12:00 13:30-18:00, sat 10:00-12:00, 2027-02-05 .. 2027-02-14 calendar "CN" in "Asia/Shanghai"
rule a   "说明" when ( text contains "a" or (text contains "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" and not sender in staff) ) and not group or external and text in ["x", "y"] # why
  # before then
  then reply """
   hello
   world
  """ mention ["u1"]   at most 1 per 10m per sender # limited
  # then drop "x"

  # not of the rule any more
rule b when always then agent x # first
 with "y" # second
 timeout 5s
condition c = (   # open
 private

 # inner
 or group  )
test "t" given "a" from "u1"

  expect drop by b   expect next by a
  given "a" again   3 times expect agent x told "十分长的话，十分长的话，十分长的话，十分长的话，十分长的话" mention sender by b
    else reply "sorry" mention [ "u1","u2" ] failure "超时" else drop
otherwise
  agent x  else   reply "sorry"
denied drop
# the end
'''


def formatted(text: str) -> str:
    """The canonical layout of ``text``."""
    return format_rules(text, cell_len)


def test_a_file_of_everything_has_one_layout(snapshot: SnapshotAssertion) -> None:
    """Clauses on lines of their own, long lists and conditions wrapped, comments where they were."""
    assert formatted(UNTIDY) == snapshot


def test_formatting_twice_changes_nothing() -> None:
    """The layout is its own layout."""
    once = formatted(UNTIDY)
    assert formatted(once) == once


@pytest.mark.parametrize("path", KEPT, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_projects_own_rules_are_in_order(path: Path) -> None:
    """Examples, rules and what ``init`` writes are what ``fmt`` makes of them."""
    text = path.read_text("utf-8")
    assert formatted(text) == text


def words_of(path: Path) -> list[str]:
    """A file as the texts of its tokens."""
    return [word for piece in lex(path.read_text("utf-8")) for word in words_in(piece)]


def words_in(piece: Piece) -> list[str]:
    """The texts of a declaration's tokens."""
    return [token.value for token in piece.tokens]


@settings(max_examples=8, deadline=None)
@given(data=st.data(), path=st.sampled_from([path for path in KEPT if path.name == "main.rules"]))
def test_layout_depends_on_nothing_but_the_words(data: st.DataObject, path: Path) -> None:
    """Whatever blanks and line breaks are between the same words, the result is the same."""
    words = words_of(path)
    blanks = st.sampled_from([" ", "  ", "\n", "\n   ", "\r\n", "\t"])
    between = data.draw(st.lists(blanks, min_size=len(words), max_size=len(words)))
    text = "".join(itertools.chain.from_iterable(zip(words, between, strict=True)))
    assert formatted(text).replace("\r\n", "\n") == formatted("\n".join(words)).replace("\r\n", "\n")


@settings(max_examples=15, deadline=None)
@given(data=st.data(), path=st.sampled_from([path for path in KEPT if path.name == "main.rules"]))
def test_comments_and_blank_lines_anywhere_are_kept(data: st.DataObject, path: Path) -> None:
    """The words, the declarations and the comments are the same afterwards, and once is enough."""
    words = words_of(path)
    blanks = st.sampled_from([" "] * 8 + ["\n", "\n\n", " # 备注\n", "\n# 一行\n", "\n\n  # a\n\n\n# b\n"])
    between = data.draw(st.lists(blanks, min_size=len(words) + 1, max_size=len(words) + 1))
    text = "".join(itertools.chain.from_iterable(zip([*words, ""], between[1:] + between[:1], strict=True)))
    once = formatted(text)
    assert formatted(once) == once
    assert sorted("".join(once.split())) == sorted("".join(text.split()))
    assert [words_in(piece) for piece in lex(once)] == [words_in(piece) for piece in lex(text)]
    assert "\n\n\n" not in once
    assert not once or once.endswith("\n")


def test_the_rules_decide_the_same_afterwards(check: Callable[..., CheckResult]) -> None:
    """What a set means does not change with its layout: not one diagnostic, not one rule."""
    path = ROOT / "rules/main.rules"
    texts = {each.name: each.read_text("utf-8") for each in path.parent.glob("*") if each.is_file()}
    entry = texts.pop("main.rules")
    before = check(entry, texts).rules
    after = check(" ".join(words_of(path)), texts).rules
    assert before is not None
    assert after is not None
    assert [rule.name for rule in before.rules] == [rule.name for rule in after.rules]
    assert [rule.condition for rule in before.rules] == [rule.condition for rule in after.rules]


@pytest.mark.parametrize(
    "text",
    [
        'rule a when text contains "x" the drop',
        "rule a when then drop",
        "list a = [",
        "something else",
        "rule a when text is “x” then drop",
        "rule a when " + "(" * 60 + "always" + ")" * 60 + " then drop",
    ],
)
def test_syntax_errors_are_refused_with_their_place(text: str) -> None:
    """What cannot be read cannot be laid out: nothing is guessed."""
    with pytest.raises(NotFormattedError) as refused:
        formatted(f"language 1\n\n{text}\n")
    assert refused.value.diagnostic.is_error
    place = refused.value.offset + refused.value.diagnostic.span.start
    assert place >= len("language 1")


def test_wide_blanks_become_plain_ones() -> None:
    """Blanks that editors type in Chinese mean blanks; those within quotes are somebody's words."""
    assert formatted('list　a\u00a0= ["x　y",　"z"]') == 'list a = ["x　y", "z"]\n'


def test_line_ends_stay_as_they_are() -> None:
    """A file of Windows stays one of Windows, text blocks and all."""
    text = 'template a = """\r\n  x\r\n  """\r\nuse    "b"\r\n'
    assert formatted(text) == 'template a = """\r\n  x\r\n  """\r\n\r\nuse "b"\r\n'


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "#", "\n  # indented\n"])
def test_a_file_without_declarations_is_its_comments(text: str) -> None:
    """Nothing comes of nothing."""
    once = formatted(text)
    assert once.split() == text.split()
    assert formatted(once) == once


def test_lines_keep_to_the_width_where_they_can() -> None:
    """A Chinese character counts two columns, so a line of fifty of them is full."""
    items = ", ".join(f'"第{number}个词"' for number in range(60))
    lines = formatted(f"list a = [{items}]").splitlines()
    assert all(cell_len(line) <= WIDTH for line in lines)
    assert all(cell_len(line) > WIDTH - 20 for line in lines[1:-2])
