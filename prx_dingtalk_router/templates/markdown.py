"""A person's text inside Markdown: shown as it is, without the power to format, link or call out (section 10).

Characters that mean something to Markdown become their full-width twins. Which escapes DingTalk's clients understand
is written nowhere, and a twin needs no understanding: it is never syntax and reads the same. What only means
something at the beginning of a line is replaced there alone, and the beginning of a value counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from prx_dingtalk_router.templates.person import PersonText
from prx_dingtalk_router.text.folding import WHITE_SPACE, is_invisible

_ANYWHERE = str.maketrans("[]()<>*_`~|\\@&", "［］（）＜＞＊＿｀～｜＼＠＆")
_AT_LINE_START = str.maketrans("#=+-", "＃＝＋－")
_LINE_BREAK = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_NUMBERED = re.compile(r"(\d{1,9})\.(?=\s|$)")
_SLASH = re.compile(r"(?<=/)/|/(?=/)|\A/|/\Z")
_DOT = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_])|(?<=www)\.|\A\.|(?<=\w)\.\Z", re.IGNORECASE)
_NUMBER_ENDS_LINE_START = re.compile(r"[\s>*+-]*?(\d{1,9})", re.ASCII)
_FULL_STOP_AHEAD = re.compile(r"\d{0,8}[.)](?:\s|$)", re.ASCII)
_FULL_WIDTH_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def join_for_markdown(pieces: Sequence[str]) -> str:
    """Return the pieces as one Markdown text, in which what a person wrote is escaped.

    A number that a person wrote makes no list with a full stop of the template behind it.
    """
    text = ""
    for piece, following in zip_longest(pieces, pieces[1:], fillvalue=""):
        if not isinstance(piece, PersonText):
            text += piece
            continue
        written = escape_markdown(piece)
        number = None
        if written[-1:].isdigit() and _FULL_STOP_AHEAD.match(following):
            number = _NUMBER_ENDS_LINE_START.fullmatch((text + written).rpartition("\n")[2])
        if number is not None:
            digits = min(len(number[1]), len(written))
            written = written[:-digits] + written[-digits:].translate(_FULL_WIDTH_DIGITS)
        text += written
    return text


def escape_markdown(text: str) -> str:
    """Return ``text`` so that it adds no link, bare address, image, heading, mention, emphasis, quote, list, code or HTML.

    Line breaks stay; blanks at the beginning of its lines go, because they could make code of what follows.
    """
    lines = _LINE_BREAK.sub("\n", text.translate(_ANYWHERE)).split("\n")
    escaped = "\n".join([_escape_line(line) for line in lines])
    escaped = _DOT.sub("．", _SLASH.sub("／", escaped))
    # An exclamation mark before a link of the template's own would turn it into an image.
    return escaped[:-1] + "！" if escaped.endswith("!") else escaped


def _escape_line(line: str) -> str:
    start = 0
    while start < len(line) and (line[start] in WHITE_SPACE or is_invisible(line[start])):
        start += 1
    line = line[start:]
    numbered = _NUMBERED.match(line)
    if numbered is not None:
        return f"{numbered[1]}．{line[numbered.end() :]}"
    return line[:1].translate(_AT_LINE_START) + line[1:]
