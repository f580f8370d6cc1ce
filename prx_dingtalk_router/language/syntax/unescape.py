"""What strings, text blocks and expressions mean once their marks and escapes are undone (language.md section 2)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{0,8})\}|u\{?[0-9A-Fa-f]*|.|$)", re.DOTALL)
_SIMPLE = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}
_ESCAPED = re.compile(r"\\(.)")
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
    body = raw[3:-3].replace("\r\n", "\n")
    opened, opening, rest = body.partition("\n")
    starts_below = bool(opening) and not opened.strip(" \t")
    lines = rest.split("\n") if starts_below else body.split("\n")
    if len(lines) > 1 and not lines[-1].strip(" \t"):
        lines.pop()
    measured = lines if starts_below else lines[1:]
    indents = [_BLANKS.match(line)[0] for line in measured if line.strip(" \t")]  # type: ignore[index]
    common = _common_prefix(indents)
    cut = [line.removeprefix(common) if line.strip(" \t") else "" for line in measured]
    value = "\n".join(cut if starts_below else [lines[0], *cut])
    return value.replace('\\"""', '"""')


def expression(raw: str) -> tuple[str, str]:
    r"""Take ``/…/i`` apart into its source, where ``\/`` is a slash, and its flags."""
    body, _, flags = raw[1:].rpartition("/")
    return _ESCAPED.sub(lambda found: "/" if found[1] == "/" else found[0], body), flags


def flags_meant(flags: str) -> str | None:
    """Return what flags can be replaced by; ``None`` where leaving one out would change what is found."""
    # `g` and `u` ask for what holds anyway.
    left = set(flags.lower()) - {"g", "u"}
    return "".join(left) if left <= {"i"} else None


def _common_prefix(indents: list[str]) -> str:
    if not indents:
        return ""
    low, high = min(indents), max(indents)
    length = next((at for at, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[:length]
