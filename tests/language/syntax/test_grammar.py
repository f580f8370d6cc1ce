"""The stored parse table is the one of the grammar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lark import Lark
from lark.parsers.lalr_analysis import Shift

from prx_dingtalk_router.language.syntax import grammar

STORED = Path(__file__).parents[3] / "grammar" / grammar.TABLE_FILE


def automaton(whole: Lark) -> Any:
    """Every state by what is done at each token, numbered in the order in which it is reached from the start."""
    table = whole.parser.parser.parser.parse_table  # type: ignore[attr-defined]
    states = [table.start_states["start"]]
    rows = []
    for state in states:  # which grows
        row: dict[str, Any] = {}
        for token, (action, target) in sorted(table.states[state].items()):
            if action is Shift and target not in states:
                states.append(target)
            row[token] = (
                states.index(target) if action is Shift else (target.origin.name, str(target.expansion))
            )
        rows.append(row)
    return rows, states.index(table.end_states["start"])


def terminals(whole: Lark) -> dict[str, Any]:
    """What the lexer looks for."""
    return {
        each.name: (each.priority, type(each.pattern), each.pattern.to_regexp()) for each in whole.terminals
    }


def test_the_stored_table_is_the_one_of_the_grammar() -> None:
    """Every state, action and terminal; after a change of the grammar, ``make table`` stores it again."""
    assert STORED.read_bytes().startswith(grammar._header() + b"\n"), "run `make table`"
    stored, computed = grammar.grammar(), grammar.compute_grammar()
    assert automaton(stored) == automaton(computed)
    assert terminals(stored) == terminals(computed)


@pytest.mark.parametrize("change", ["the grammar", "the release of Lark"])
def test_a_table_of_anything_else_is_ignored(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The grammar decides, whatever is stored: a new table is computed."""
    if change == "the grammar":
        text = grammar.grammar_text().replace('"otherwise"', '"elsewise"')
        monkeypatch.setattr(grammar, "grammar_text", lambda: text)
    else:
        monkeypatch.setattr(grammar.lark, "__version__", "0.0")
    read = terminals(grammar.grammar.__wrapped__())
    assert read == terminals(grammar.compute_grammar())
    assert (read == terminals(grammar.grammar())) == (change != "the grammar")
