"""The layout of help: within the width, nothing cut, by the columns that Chinese takes."""

from __future__ import annotations

import re

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from prx_dingtalk_router.catalogue import LANGUAGES, use_language
from prx_dingtalk_router.cli.columns import columns
from prx_dingtalk_router.cli.command_line import command_line
from prx_dingtalk_router.cli.help_layout import HelpLayout, wrapped
from prx_dingtalk_router.cli.wording import WordedContext

TEXTS = st.lists(
    st.sampled_from(
        [
            "规则",
            "消息台账",
            "，",
            "。",
            "（",
            "）",
            " ",
            "prx-router.toml",
            "a",
            "[默认：1]",
            "--max-changed",
        ]
    ),
    max_size=30,
).map("".join)


def pages(width: int) -> list[str]:
    """The help of every command and group, in the language of the process."""

    def below(command: click.Command, context: click.Context) -> list[str]:
        shown = [command.get_help(context)]
        if isinstance(command, click.Group):
            for name, each in command.commands.items():
                inner = WordedContext(each, parent=context, info_name=name, terminal_width=width)
                shown += below(each, inner)
        return shown

    program = command_line()
    return below(program, WordedContext(program, info_name="prx-router", terminal_width=width))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 78, 118])
def test_no_line_of_any_help_is_wider_than_the_terminal(language: str, width: int) -> None:
    """Every command and group fits, in both languages; only the lines of a program to copy stay as they are."""
    use_language("zh" if language == "zh" else "en")
    for page in pages(width):
        wide = [line for line in page.splitlines() if cell_len(line) > max(width, 78)]
        assert wide == []


def test_help_in_chinese_has_no_english_placeholder() -> None:
    """What stands for a value is Chinese in Chinese help, but for letters and samples, and paths to copy."""
    use_language("zh")
    words = {word for page in pages(78) for word in re.findall(r"(?<![\w-])[A-Z]{3,}(?:-[A-Z]+)*\b", page)}
    assert words <= {"DINGTALK", "JSON", "PRX", "VPN", "SDK", "API", "URL"}, (
        "add what is new to cli_placeholders"
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("规则的配置在 prx-router.toml 里。", ["规则的配置在", "prx-router.toml", "里。"]),
        ("一二三四五六七八，九", ["一二三四五六七", "八，九"]),
        ("一二三四五六七（八）", ["一二三四五六七", "（八）"]),
        ("one two three four", ["one two three", "four"]),
        ("a-very-long-word-that-fits-nowhere", ["a-very-long-word", "-that-fits-nowhe", "re"]),
        ("", []),
    ],
)
def test_where_a_line_ends(text: str, lines: list[str]) -> None:
    """At blanks and beside Chinese characters, before no mark that ends a phrase, within no word that fits."""
    assert wrapped(text, 16) == lines


@given(TEXTS, st.integers(20, 60))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """All but blanks at the ends of lines is there, in its order, within the width."""
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0xFFEF)))
def test_a_text_takes_at_least_a_column_a_character(text: str) -> None:
    """Chinese and full-width characters take two columns, others one."""
    wide = re.findall("[\u4e00-\u9fff\uff01-\uff60]", text)
    assert columns(text) >= len(text) + len(wide)


def test_a_long_term_stands_above_its_explanation() -> None:
    """A term that is too wide for its column has a line of its own."""
    layout = HelpLayout(width=40)
    layout.write_dl([("--a", "甲"), ("--a-very-long-option-of-all 名称", "乙")])
    assert layout.getvalue() == "--a  甲\n--a-very-long-option-of-all 名称\n     乙\n"


def test_the_lines_of_a_paragraph_are_one_text() -> None:
    """Lines that the source ends are joined: with a blank between words, with none beside Chinese."""
    layout = HelpLayout(width=40)
    layout.write_text("一\n二\n\none\ntwo\n\n\b\n  kept\n    as it is")
    assert layout.getvalue() == "一二\n\none two\n\n  kept\n    as it is\n"
