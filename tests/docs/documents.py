"""What the documents for rule authors hold: sections, and fenced blocks with what is said about each behind its fence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
SUFFIXES = {"zh": ".zh.md", "en": ".md"}
FENCED = re.compile(r"^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<content>.*?)^ *```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        kind: the first word behind the fence, as ``rules`` or ``console``; empty where none is.
        about: the words after it, which readers do not see: the file that the block is, or where it belongs.
        content: its lines, without the indentation of the fence.
        start: where its content begins in the document, and ``end`` where it ends.
    """

    kind: str
    about: tuple[str, ...]
    content: str
    start: int
    end: int


@dataclass(frozen=True)
class Section:
    """What stands below one heading of the second level."""

    title: str
    text: str

    @property
    def blocks(self) -> list[Block]:
        """Its fenced blocks."""
        return blocks(self.text)


def document(name: str, language: str) -> str:
    """The text of a document in a language."""
    return (DOCS / f"{name}{SUFFIXES[language]}").read_text("utf-8")


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a text, in order."""
    found = []
    for match in FENCED.finditer(text):
        kind, *about = match["info"].split() or [""]
        content = re.sub(f"^{match['indent']}", "", match["content"], flags=re.MULTILINE)
        found.append(Block(kind, tuple(about), content, match.start("content"), match.end("content")))
    return found


def sections(text: str) -> list[Section]:
    """The parts of a text below its headings of the second level."""
    _, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return [Section(*part.split("\n", 1)) for part in parts]


def anchor(title: str) -> str:
    """The address of a heading within its page, as GitHub makes it."""
    kept = re.sub(r"[^\w\- ]", "", title.strip().lower())
    return kept.replace(" ", "-")


def anchors(text: str) -> set[str]:
    """The addresses of all headings of a text."""
    outside = FENCED.sub("", text)
    return {anchor(re.sub(r"`", "", title)) for title in re.findall(r"^#+ (.+)$", outside, re.MULTILINE)}
