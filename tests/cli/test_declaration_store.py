"""After an edit only the declarations that it touched are parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.language import declaration_cache
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.language.syntax.parser import parse

RULES = [f'rule r{n} when text contains "x{n}" then reply "{n}"\n' for n in range(20)]
END = "otherwise drop\n"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The declarations that were parsed, as they are written."""
    seen: list[str] = []

    def counted(pieces: Iterable[Piece], known: Mapping[str, Any]) -> Iterator[Any]:
        given = list(pieces)
        seen.extend(piece.text for piece in given if piece.text not in known)
        return parse(given, known)

    monkeypatch.setattr(declaration_cache, "parse", counted)
    return seen


def test_an_edit_costs_what_it_touches(
    invoke: Callable[..., Any], write: Callable[..., Path], parsed: list[str]
) -> None:
    """One rule of twenty is edited, another moved, and only the first is parsed again, with the same findings as ever."""
    write("main.rules", "".join(RULES) + END)
    invoke("validate", ".")
    assert len(parsed) == 21
    parsed.clear()
    write("main.rules", "".join([*RULES[1:], RULES[0].replace("contains", "kontains")]) + END)
    told = invoke("validate", ".", "--json")
    assert [text.strip() for text in parsed] == ['rule r0 when text kontains "x0" then reply "0"']
    assert told.documents == invoke("validate", ".", "--json", "--no-cache").documents
    parsed.clear()
    write("main.rules", "".join(RULES) + END)
    assert invoke("validate", ".").code == 0
    assert len(parsed) <= 1


def test_each_set_has_its_own(
    invoke: Callable[..., Any], write: Callable[..., Path], parsed: list[str], tmp_path: Path
) -> None:
    """Two sets do not push each other out, and another program parses everything itself."""
    for name in ("a", "b"):
        write(f"{name}/main.rules", "".join(RULES) + END)
        invoke("validate", name)
    parsed.clear()
    for name in ("a", "b"):
        write(f"{name}/main.rules", "".join(RULES) + "# edited\n" + END)
        invoke("validate", name)
    assert len(parsed) == 2
    parsed.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("prx_dingtalk_router.cli.declaration_store.program_stamp", lambda: "another")
        write("a/main.rules", "".join(RULES) + END)
        invoke("validate", "a")
    assert len(parsed) == 21


def test_what_is_broken_is_parsed(
    invoke: Callable[..., Any], write: Callable[..., Path], parsed: list[str], tmp_path: Path
) -> None:
    """Entries of another form are no declarations."""
    path = write("main.rules", "".join(RULES) + END)
    invoke("validate", ".")
    for entry in (tmp_path / ".cache" / "prx-router").iterdir():
        entry.write_bytes(b"\x80" * 40)
    path.write_text("".join(RULES) + "# edited\n" + END, "utf-8")
    parsed.clear()
    assert invoke("validate", ".").code == 0
    assert len(parsed) == 21
