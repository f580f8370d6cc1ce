"""What strings, text blocks and regexes mean once their marks and escapes are undone (language.md section 2)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{0,8})\}|u\{?[0-9A-Fa-f]*|.|$)", re.DOTALL)
_SIMPLE = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}
_ESCAPED = re.compile(r"\\(.)")
_BLOCK_ESCAPE = re.compile(r'\\"""')
_BLANKS = re.compile(r"[ \t]*")


def string(raw: str) -> tuple[str, list[tuple[int, int]]]:
    r"""Undo the escapes of a ``"…"``: ``\" \\ \n \t \u{…}``.

    Returns:
        The text, and where in ``raw`` a backslash begins no escape; such a backslash is left out.
    """
    mistakes: list[tuple[int, int]] = []
    if "\\" not in raw:
        return raw[1:-1], mistakes

    def undone(found: re.Match[str]) -> str:
        escape = found[1]
        if escape in _SIMPLE:
            return _SIMPLE[escape]
        if found[2]:
            number = int(found[2], 16)
            if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF:
                return chr(number)
        mistakes.append((found.start() + 1, found.end() + 1))
        return escape or "\\"

    return _ESCAPE.sub(undone, raw[1:-1]), mistakes


def text_block(raw: str) -> str:
    r'''Undo a ``"""…"""``: first and last line break and the common indentation removed; only ``\"""`` is an escape.'''
    return "\n".join(line for _, line in _block_lines(raw)).replace('\\"""', '"""')


def origins(raw: str) -> list[int]:
    r"""Return for each character of a string or text block, as it is undone, where in ``raw`` it is written."""
    if raw.startswith('"""'):
        lines = _block_lines(raw)
        places = [at + column for at, line in lines for column in range(len(line) + 1)][:-1]
        value = "\n".join(line for _, line in lines)
        escapes = {found.start() for found in _BLOCK_ESCAPE.finditer(value)}
        return [place for at, place in enumerate(places) if at not in escapes]
    places, done = [], 1
    for found in _ESCAPE.finditer(raw, 1, len(raw) - 1):
        places.extend(range(done, found.start()))
        places.extend([found.start()] * len(string(f'"{found[0]}"')[0]))
        done = found.end()
    return [*places, *range(done, len(raw) - 1)]


def regex(raw: str) -> tuple[str, str]:
    r"""Take ``/…/i`` apart into its source, where ``\/`` is a slash, and its flags."""
    body, _, flags = raw[1:].rpartition("/")
    return _ESCAPED.sub(lambda found: "/" if found[1] == "/" else found[0], body), flags


def flags_meant(flags: str) -> str | None:
    """Return what flags can be replaced by; ``None`` where leaving one out would change what is found."""
    # `g` and `u` ask for what holds anyway.
    left = set(flags.lower()) - {"g", "u"}
    return "".join(left) if left <= {"i"} else None


def _block_lines(raw: str) -> list[tuple[int, str]]:
    """Return the lines of a text block without their indentation, each with where in ``raw`` it begins."""
    lines: list[tuple[int, str]] = []
    at = 3
    for line in raw[3:-3].split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    lines = [*((at, line.removesuffix("\r")) for at, line in lines[:-1]), lines[-1]]
    starts_below = len(lines) > 1 and not lines[0][1].strip(" \t")
    if starts_below:
        del lines[0]
    if len(lines) > 1 and not lines[-1][1].strip(" \t"):
        lines.pop()
    first = 0 if starts_below else 1
    indents = [_BLANKS.match(line)[0] for _, line in lines[first:] if line.strip(" \t")]  # type: ignore[index]
    common = len(_common_prefix(indents))
    cut = [
        (at + common, line[common:]) if line.strip(" \t") else (at + len(line), "")
        for at, line in lines[first:]
    ]
    return [*lines[:first], *cut]


def _common_prefix(indents: list[str]) -> str:
    if not indents:
        return ""
    low, high = min(indents), max(indents)
    length = next((at for at, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[:length]
