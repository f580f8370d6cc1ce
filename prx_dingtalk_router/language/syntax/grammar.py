"""The grammar, loaded once: Lark's parse table, stored beside it, and the terminals that the lexer looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import lark
from lark import Lark
from lark.lexer import Lexer

from prx_dingtalk_router.message import FIELDS, Field

GRAMMAR_FILE = "prx_rules.lark"
TABLE_FILE = "prx_rules.table"

FOREIGN_TYPES = frozenset(
    "OPEN_TEXT_BLOCK OPEN_STRING OPEN_REGEX FOREIGN_TIMES WRONG_NUMBER FOREIGN_FIELD EMPTY_REGEX FOREIGN_COMMENT "
    "FOREIGN_OPERATOR FOREIGN_QUOTE NEEDLESS FOREIGN_PUNCTUATION UNKNOWN".split()
)
"""Terminals of what people type instead: the lexer knows them, no rule of the grammar does."""


class _GivenTokens(Lexer):
    """Lets Lark parse tokens that were made elsewhere."""

    __future_interface__ = 2

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        """Give the tokens one by one."""
        return iter(lexer_state)


class _KeptTerminals:
    """Tells Lark to keep terminals that no rule uses."""

    always_accept = FOREIGN_TYPES | {"COMMENT", "WIDE_BLANK"}

    def process(self, stream: Iterator[Any]) -> Iterator[Any]:
        """Give the tokens as they come."""
        return stream


@cache
def grammar() -> Lark:
    """Return the grammar with its parse table.

    The table is read from the file that ships beside the grammar, as computing it takes a tenth of a second. A table of
    another grammar, or of another release of Lark, is ignored and a new one computed.
    """
    path = _path(TABLE_FILE)
    header, _, table = path.read_bytes().partition(b"\n") if path.is_file() else (b"", b"", b"")
    return Lark.load(BytesIO(table)) if header == _header() else compute_grammar()


def compute_grammar() -> Lark:
    """Return the grammar with a parse table computed from its text."""
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer=_GivenTokens,
        postlex=_KeptTerminals(),
        keep_all_tokens=True,
        maybe_placeholders=False,
        propagate_positions=False,
    )


def table_file() -> bytes:
    """Compute what ``prx_rules.table`` has to hold; ``make table`` writes it."""
    table = BytesIO()
    compute_grammar().save(table)
    return _header() + b"\n" + table.getvalue()


@cache
def grammar_text() -> str:
    """Return the grammar: the file, and what the table of fields adds to it."""
    return _path(GRAMMAR_FILE).read_text(encoding="utf-8") + _of_fields(FIELDS.values())


def _of_fields(fields: Iterable[Field]) -> str:
    """Return the rules ``flag`` and ``field``, and the words that they are made of."""
    flags = [field.name for field in fields if field.kind == "flag"]
    others = [field.name for field in fields if field.kind != "flag"]
    plain = [name for name in others if "." not in name]
    dotted = "|".join(re.escape(name) for name in others if "." in name)
    return "\n".join(
        [
            "",
            "// ---- fields (section 4), from their table",
            f"flag: {' | '.join(map(str.upper, flags))}",
            f"field: DOTTED_FIELD | {' | '.join(map(str.upper, plain))}",
            *(f'{name.upper()}: "{name}"' for name in (*flags, *plain)),
            rf"DOTTED_FIELD.3: /({dotted})(?![\w-])/",
            "",
        ]
    )


def _header() -> bytes:
    """Return the first line of a table that fits this grammar and this release of Lark."""
    return f"lark {lark.__version__} {sha256(grammar_text().encode()).hexdigest()}".encode()


def _path(name: str) -> Path:
    """Return the place of a file of the grammar: in the checkout when this runs from one, else in the installed package."""
    package = Path(__file__).parents[2]
    checkout = package.parent / "grammar" / name
    return checkout if checkout.is_file() else package / "grammar" / name
