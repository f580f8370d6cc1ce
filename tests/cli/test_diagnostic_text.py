"""How diagnostics look to people: the mark, related places, the fix, and lines that are too long or odd."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len


def marked(shown: str, sign: str = "^") -> tuple[str, str]:
    """The line that is shown, and what of it the mark stands below."""
    lines = shown.splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip(f"| {sign}") == "" and sign in line)
    before, count = cell_len(lines[at][: lines[at].index(sign)]), lines[at].count(sign)
    line = lines[at - 1]
    start = next(n for n in range(len(line) + 1) if cell_len(line[:n]) == before)
    end = next(n for n in range(start, len(line) + 1) if cell_len(line[:n]) == before + count)
    return line, line[start:end]


def rule(text: str, name: str = "vop") -> str:
    """A set with one error, behind a text."""
    return f'rule a when text is "x{text}" and sender in {name} then drop\notherwise reply "x"\n'


@pytest.mark.parametrize(
    "before",
    ["x", "中文", "😀", "👨\u200d👩\u200d👧", "e\u0301e\u0301", "\t\t", "\u200b\u00a0", "⚠\ufe0f", "ｶﾞ"],
)
def test_the_mark_stands_below_what_is_meant(
    invoke: Callable[..., Any], write: Callable[..., Path], before: str
) -> None:
    """Whatever stands before it takes as many cells in the line of the mark as in its own."""
    write("main.rules", rule(before))
    assert marked(invoke("validate", ".", "--select", "PRX201").out)[1] == "vop"


def test_an_accent_alone_is_marked_at_its_letter(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """What takes no cell of its own has its mark below the letter that it stands on."""
    write("main.rules", 'rule a\u0301\ufe0f when 中\u0301 then drop\notherwise reply "x"\n')
    assert "^" in invoke("validate", ".", "--select", "PRX201").out


@pytest.mark.parametrize("letter", ["x", "中", "\u200b", "e\u0301"])
@pytest.mark.parametrize(("before", "behind"), [(9_000, 0), (0, 9_000), (4_000, 4_000), (300, 90)])
def test_a_long_line_is_cut_around_the_place(
    invoke: Callable[..., Any], write: Callable[..., Path], letter: str, before: int, behind: int
) -> None:
    """Of a line that no terminal holds, the part with the place is shown, and the mark stands below it."""
    before, behind = before // len(letter), behind // len(letter)
    write("main.rules", rule(letter * before).replace("then", f"# {letter * behind}\n then"))
    out = invoke("validate", ".", "--select", "PRX201").out
    line, below = marked(out)
    assert below == "vop"
    assert cell_len(line) <= 167
    assert max(map(len, out.splitlines())) < 1_000
    assert "…" in line


def test_a_long_place_is_cut_too(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """A place that is longer than a line of the terminal is marked as far as it is shown."""
    write("main.rules", rule("", "v" * 500))
    line, below = marked(invoke("validate", ".", "--select", "PRX201").out)
    assert line.endswith("…")
    assert cell_len(line) <= 167
    assert set(below) == {"v"}


def test_lines_are_cut_to_the_terminal(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """On a narrow screen no line of an excerpt is broken by it."""
    write("main.rules", rule("中" * 60))
    line, below = marked(invoke("validate", ".", "--select", "PRX201", COLUMNS="60").out)
    assert (cell_len(line) <= 60, below) == (True, "vop")


def test_related_places_show_their_lines(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """The line that a diagnostic speaks of besides its own is shown, with a mark of another kind."""
    write("main.rules", "list 客服 = []\nlist a = []\nlist 客服 = []\notherwise drop\n")
    told = invoke("validate", ".", "--select", "PRX202")
    shown = next(block for block in told.out.split("\n\n") if "PRX202" in block)
    assert marked(shown)[0].startswith("   3 | ")
    assert marked(shown, "-") == ("   1 | list 客服 = []", "客服")


def test_all_edits_of_a_fix_are_shown(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """A fix in several places shows each line before and after, with all edits made; a line that goes has no after."""
    write(
        "main.rules",
        'rule a\n  when group and text contains "报销" or text contains "发票"\n  then drop\n'
        "# prx: ignore PRX203\n\notherwise drop\n",
    )
    shown = invoke("validate", ".").out.splitlines()
    assert [line for line in shown if line[5:7] in ("- ", "+ ")] == [
        '   2 -   when group and text contains "报销" or text contains "发票"',
        '   2 +   when group and (text contains "报销" or text contains "发票")',
        "   4 - # prx: ignore PRX203",
    ]


def test_colours_are_for_terminals(on_terminal: Callable[..., Any], warned: Path) -> None:
    """A terminal gets the severity in its colour, and with ``--no-color`` none."""
    assert "\x1b[33m\x1b[1mwarning[PRX203]" in on_terminal("validate").out
    assert "\x1b" not in on_terminal("validate", "--no-color").out
