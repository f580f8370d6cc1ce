"""What strings, text blocks and expressions mean once their marks and escapes are undone (language.md section 2)."""

from __future__ import annotations

import re

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.language.syntax.ast import ExpressionText, String

_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{0,8})\}|u\{?[0-9A-Fa-f]*|.|$)", re.DOTALL)
_SIMPLE = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}
_BLANKS = re.compile(r"[ \t]*")


def string(raw: str, span: Span, diagnostics: Diagnostics) -> String:
    r"""A ``"…"``: escapes ``\" \\ \n \t \u{…}`` undone, any other reported. It is damaged where it is not written so."""
    exact = span.source.text.startswith(raw, span.start)
    damaged = not exact

    def undone(found: re.Match[str]) -> str:
        nonlocal damaged
        escape = found[1]
        if escape in _SIMPLE:
            return _SIMPLE[escape]
        if found[2]:
            number = int(found[2], 16)
            if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF:
                return chr(number)
        damaged = True
        place = span.part(found.start() + 1, found.end() + 1) if exact else span
        diagnostics.add("unknown-escape", place, found=found[0])
        return escape or "\\"

    value = _ESCAPE.sub(undone, raw[1:-1])
    return String(span, value, damaged)


def text_block(raw: str, span: Span) -> String:
    r'''A ``"""…"""``: first and last line break and the common indentation removed; only ``\"""`` is an escape.'''
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
    return String(span, value.replace('\\"""', '"""'))


def expression(raw: str, span: Span, diagnostics: Diagnostics) -> ExpressionText:
    r"""``/…/i``: ``\/`` is a slash; flags other than ``i`` are reported."""
    body, _, flags = raw[1:].rpartition("/")
    if flags not in ("", "i"):
        place = span.part(len(raw) - len(flags), len(raw))
        # `g` and `u` ask for what holds anyway; others mean something, so leaving them out is no repair.
        left = set(flags.lower()) - {"g", "u"}
        repair = "".join(left) if left <= {"i"} else None
        diagnostics.add("unknown-flag", place, flags=flags, replace=repair)
    return ExpressionText(span, re.sub(r"\\(.)", lambda m: "/" if m[1] == "/" else m[0], body), flags == "i")


def _common_prefix(indents: list[str]) -> str:
    if not indents:
        return ""
    low, high = min(indents), max(indents)
    length = next((at for at, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[:length]
