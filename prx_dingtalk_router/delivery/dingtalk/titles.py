"""The title of a markdown message: its first line as a reader sees it (language.md section 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from prx_dingtalk_router.delivery.dingtalk.graphemes import character_start
from prx_dingtalk_router.text.folding import is_cjk, visible

MOST_TITLE = 20
_FALLBACK = "回复"

# The first line is among these characters, or hardly worth looking for.
_HEAD = 1_000
_LINE_TAG = re.compile(r"</?(?:br|hr|p|div|tr|li|ul|ol|table|blockquote|h[1-6])\b", re.IGNORECASE)
_CELL_TAG = re.compile(r"</?t[dh]\b", re.IGNORECASE)
# Punctuation that stands among Chinese letters without blanks around it.
_CJK_PUNCTUATION = re.compile("[\u2014\u2018-\u201d\u2026\u3001-\u303f\uff01-\uffef]")


def title_of(content: str) -> str:
    """The preview line of a markdown message: its first line as it is shown, at most 20 characters.

    Marks that the reader does not see are left out: of headings, emphasis, code, quotes and lists, the address of a link
    or picture, HTML tags, the bars of a table. What only looks like a mark stays: ``100~200``, ``3 * 4``, ``snake_case``.
    """
    shown = (" ".join(line.split()) for line in _lines(_MARKDOWN.parse(content.lstrip()[:_HEAD])))
    title = next((line for line in shown if visible(line).strip()), _FALLBACK)
    if len(title) <= MOST_TITLE:
        return title
    cut = character_start(title, MOST_TITLE - 1)
    return f"{title[:cut].rstrip()}…"


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    """What is shown line by line; the cells of a row are one."""
    cells: list[str] | None = None
    number = ""
    numbered = False
    for token in tokens:
        match token.type:
            case "tr_open":
                cells = []
            case "tr_close":
                yield " ".join(cells or ())
                cells = None
            case "ordered_list_open":
                # A list that does not begin with 1 is hardly one: the number was meant to be read.
                numbered = "start" in token.attrs
            case "list_item_open":
                number = f"{token.info}{token.markup} " if numbered else ""
                numbered = False
            case "inline" if cells is not None:
                cells.append(_words(token.children or ()).replace("\n", " "))
            case "inline":
                yield from f"{number}{_words(token.children or ())}".splitlines()
                number = ""
            case "fence" | "code_block":
                yield from token.content.splitlines()


def _words(tokens: Sequence[Token]) -> str:
    return "".join(_word(token) for token in tokens)


def _word(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "image":
            return _words(token.children or ())
        case "html_inline" if _LINE_TAG.match(token.content):
            return "\n"
        case "html_inline":
            return " " if _CELL_TAG.match(token.content) else ""
        case _:
            return token.content


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Find marks of emphasis as people mean them where words are not divided by blanks.

    Beside Chinese a mark may open and close, which CommonMark denies in ``**结论：**可以``; between two letters or digits
    of ASCII it is none, which CommonMark sees in ``3*4*5``.
    """
    start, marker = state.pos, state.src[state.pos]
    if silent or marker not in "*_":
        return False
    opens, closes, length = state.scanDelims(start, canSplitWord=False)
    before = state.src[start - 1] if start else " "
    after = state.src[start + length] if start + length < state.posMax else " "
    if marker == "*" and (_is_chinese(before) or _is_chinese(after)):
        opens, closes = not after.isspace(), not before.isspace()
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(Delimiter(ord(marker), length, len(state.tokens) - 1, -1, opens, closes))
    state.pos += length
    return True


def _is_chinese(character: str) -> bool:
    return is_cjk(character) or _CJK_PUNCTUATION.match(character) is not None


def _parser() -> MarkdownIt:
    # Within a block of HTML and in what looks like a definition of a link there are words all the same.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["html_block", "reference"])
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


_MARKDOWN = _parser()
