"""Sets of files that no person wrote on purpose: bytes, and changes of what people write. One seed, one sequence."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from prx_dingtalk_router.catalogue import LANGUAGES
from prx_dingtalk_router.language.diagnostics.page import page_of
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS

ROOT = Path(__file__).parents[2]
ENTRY, LINES, OTHER, TEMPLATE, CONFIGURATION = (
    "main.rules", "l.txt", "other.rules", "t.j2", "prx-router.toml",
)  # fmt: skip
ODD = [
    "\x00", "\ufeff", "\u200b", "\u3000", "\u00a0", "\u202e", "\u2028", "\r", "\r\n", "\t", "“", "”", "‘", "’", "「", "，", "、", "（", "）",
    "［", "＝", "：", "。", "＃", "//", "&&", "||", "!=", "==", "!", '"', '"""', "'", "/", "\\", "\\u{", "\\x4e00", "{{", "}}", "{%", "%}", "${",
    "{", "}", "(", ")", "[", "]", ",", "..", "~", "～", "至", "1", "9点", "10%", "0%", "１０％", "09:00-18:00", "9:00~18:00", "2027/2/5", "周一至周五",
    "包含", "并且", "不", "如果", "群聊", "发送人", "报销", "baoxiao", "②", "½", "𝟙", "e\u0301", "中\u0301", "😀", "\ud800", "(?P<n>", "(?=", "*", "+",
    "|", "{,5}", "a" * 300, "(" * 60, "not " * 60, "[" * 60, "\n" * 40, "#", "# prx: ignore PRX203", "rule", "then", "otherwise drop",
]  # fmt: skip
"""What is put in."""


class Case(NamedTuple):
    """One set: how it came about, and its files by name."""

    kind: str
    files: dict[str, bytes]


def cases(seed: object) -> Iterator[Case]:
    """Give sets without end."""
    number = 0
    while True:
        chosen = random.Random(f"{seed}/{number}")  # noqa: S311 - not for secrets
        make = KINDS[number % len(KINDS)]
        yield Case(make.__name__.strip("_"), make(chosen))
        number += 1


@cache
def written_by_people() -> tuple[str, ...]:
    """Return the texts that are changed: examples, rules, pages, deliberate mistakes."""
    texts = [
        path.read_text("utf-8", "replace")
        for folder in ("examples", "rules", "tests/language/wrong", "tests/language/mistakes")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".rules", ".txt")
    ]
    for kind in every_diagnostic().values():
        for language in LANGUAGES:
            page = page_of(kind, language)
            texts += [page.wrong[ENTRY], page.right[ENTRY]]
    return tuple(dict.fromkeys(texts))


@cache
def configurations() -> tuple[str, ...]:
    """Return the configurations that are changed."""
    return tuple(path.read_text("utf-8") for path in sorted(ROOT.glob("*/**/prx-router.toml")))


def _any_bytes(chosen: random.Random) -> dict[str, bytes]:
    return {ENTRY: chosen.randbytes(chosen.randint(0, 400)), LINES: chosen.randbytes(200)}


def _any_characters(chosen: random.Random) -> dict[str, bytes]:
    ranges = (
        (0, 0x7F),
        (0x3000, 0x30FF),
        (0x4E00, 0x9FFF),
        (0xFF00, 0xFFEF),
        (0x2000, 0x20FF),
        (0, 0x10FFFF),
    )
    text = "".join(chr(chosen.randint(*chosen.choice(ranges))) for _ in range(chosen.randint(0, 300)))
    return {ENTRY: text.encode("utf-8", "surrogatepass")}


def _any_words(chosen: random.Random) -> dict[str, bytes]:
    words = [*sorted(KEYWORDS), *ODD, '"a"', "/a/", "a", "客服", "sender.name", "10m", "mon-fri", "\n"]
    joined = " ".join(chosen.choice(words) for _ in range(chosen.randint(1, 80)))
    return {ENTRY: _encoded(joined)}


def _changed(chosen: random.Random) -> dict[str, bytes]:
    text = chosen.choice(written_by_people())
    return {ENTRY: _encoded(mutated(text, chosen))} | _beside(chosen)


def _changed_once(chosen: random.Random) -> dict[str, bytes]:
    text = chosen.choice(written_by_people())
    return {ENTRY: _encoded(chosen.choice(CHANGES)(text, chosen))} | _beside(chosen)


def _joined(chosen: random.Random) -> dict[str, bytes]:
    texts = chosen.sample(written_by_people(), 3)
    return {ENTRY: _encoded(mutated("\n".join(texts), chosen))} | _beside(chosen)


def _flipped(chosen: random.Random) -> dict[str, bytes]:
    content = bytearray(_encoded(chosen.choice(written_by_people())))
    for _ in range(chosen.randint(1, 6)):
        if content:
            content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
    return {ENTRY: bytes(content)}


def _named_files(chosen: random.Random) -> dict[str, bytes]:
    entry = (
        'use "other.rules"\nlist l = lines "l.txt"\ntemplate t = file "t.j2"\n'
        "rule r when text contains l then reply t\nrule s when sender in l then drop\notherwise drop\n"
    )
    return {ENTRY: _encoded(entry)} | {
        LINES: _lines(chosen),
        OTHER: _encoded(mutated(chosen.choice(written_by_people()), chosen)),
        TEMPLATE: _encoded(_template(chosen)),
    }


def _configured(chosen: random.Random) -> dict[str, bytes]:
    text = mutated(chosen.choice(configurations()), chosen)
    content = chosen.choice([_encoded(text), chosen.randbytes(100), _encoded(text)])
    return {ENTRY: b"otherwise agent helpdesk\n", CONFIGURATION: content}


KINDS: Sequence[Callable[[random.Random], dict[str, bytes]]] = (
    _any_bytes, _changed, _any_characters, _changed_once, _any_words, _joined, _flipped, _named_files, _changed_once, _configured,
)  # fmt: skip


def mutated(text: str, chosen: random.Random) -> str:
    """Return a text with some changes."""
    for _ in range(chosen.randint(1, 8)):
        text = chosen.choice(CHANGES)(text, chosen)
    return text


def _put_in(text: str, chosen: random.Random) -> str:
    at = chosen.randint(0, len(text))
    return text[:at] + chosen.choice(ODD) + text[at:]


def _cut(text: str, chosen: random.Random) -> str:
    at = chosen.randint(0, len(text))
    return text[:at] + text[at + chosen.randint(1, 12) :]


def _cut_off(text: str, chosen: random.Random) -> str:
    return text[: chosen.randint(0, len(text))]


def _doubled(text: str, chosen: random.Random) -> str:
    at = chosen.randint(0, len(text))
    end = at + chosen.randint(1, 60)
    return text[:end] + text[at:end] + text[end:]


def _moved_line(text: str, chosen: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    line = lines.pop(chosen.randrange(len(lines)))
    lines.insert(chosen.randint(0, len(lines)), line)
    return "".join(lines)


def _widened(text: str, chosen: random.Random) -> str:
    at = chosen.randint(0, len(text))
    end = at + chosen.randint(1, 8)
    wide = "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text[at:end])
    return text[:at] + wide + text[end:]


def _word_for_word(text: str, chosen: random.Random) -> str:
    words = text.split(" ")
    words[chosen.randrange(len(words))] = chosen.choice([*ODD, *sorted(KEYWORDS)])
    return " ".join(words)


CHANGES = (_put_in, _put_in, _cut, _cut_off, _doubled, _moved_line, _widened, _word_for_word)


def _lines(chosen: random.Random) -> bytes:
    entries = [chosen.choice([*ODD, "u1001", "报销", " a ", "a,b", '"a"', "# a", "王芳"]) for _ in range(20)]
    return chosen.choice([_encoded("\n".join(entries)), chosen.randbytes(80)])


def _template(chosen: random.Random) -> str:
    pieces = ["{{ text }}", "{{ sender.name }}", "{% if quoted %}", "{% endif %}", "{{ x }}", "| upper", *ODD]
    return " ".join(chosen.choice(pieces) for _ in range(chosen.randint(0, 15)))


def _beside(chosen: random.Random) -> dict[str, bytes]:
    return {LINES: _lines(chosen), OTHER: b"rule o when admin then drop\n", TEMPLATE: b"{{ text }}"}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
