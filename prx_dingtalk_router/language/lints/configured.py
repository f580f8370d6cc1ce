"""Where the configuration says something, for findings about it."""

from __future__ import annotations

from pathlib import Path

from prx_dingtalk_router.language.context import KeyPath
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.source import Place, Source


def configured_place(
    linted: LintedSet, diagnostics: Diagnostics, key: KeyPath, written: str | None = None
) -> Place:
    """Return the line in which a key is written, or a value behind it; the beginning of the rules where that cannot be told.

    Args:
        linted: the set.
        diagnostics: they are given the file, too.
        key: of the configuration.
        written: a string that is written somewhere behind the key.
    """
    nowhere = Place(0, 0, linted.rules.entry)
    files = (file for path, file in linted.context.written_in.items() if path[: len(key)] == key)
    file = next(files, None)
    if file is None:
        return nowhere
    from prx_dingtalk_router.settings.key_lines import line_of

    number = line_of(file, key)
    source = _source(file, diagnostics)
    if number is None or source is None:
        return nowhere
    start = _start_of_line(source.text, number)
    if written is not None:
        for quoted in (f'"{written}"', f"'{written}'"):
            at = source.text.find(quoted, start)
            if at >= 0:
                return Place(at, at + len(quoted), source.name)
    line = source.line(number)
    start += len(line) - len(line.lstrip())
    return Place(start, start + len(line.strip()), source.name)


def _source(file: Path, diagnostics: Diagnostics) -> Source | None:
    folder = Path.cwd()
    name = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)
    if all(source.name != name for source in diagnostics.sources):
        try:
            text = file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
        diagnostics.sources.add(Source(file, name, text))
    return diagnostics.sources[name]


def _start_of_line(text: str, number: int) -> int:
    start = 0
    for _ in range(number - 1):
        start = text.find("\n", start) + 1
    return start
