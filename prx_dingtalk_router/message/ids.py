"""What ids look like on the wire (dingtalk-stream.md section 6), and what is wrong with one that can never come.

A staff ID has letters, digits and ``_ - @ .`` alone. Nothing is known of the others but that they are visible ASCII
characters without quotes and commas, and that the id of a conversation begins with ``cid``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

IdKind = Literal["sender", "conversation", "robot", "corp"]
"""The fields that hold ids, by their names in rules."""

Flaw = Literal[
    "respelled",
    "several",
    "columns",
    "conversation",
    "encrypted",
    "name",
    "title",
    "person",
    "everybody",
    "signs",
]
"""What is wrong with an id that can never come.

``respelled``: it has blanks, quotes or full-width characters around or in it; ``several``: it is several ids; ``columns``: more
than the id; ``conversation``: it is the id of a conversation; ``encrypted``: it is a ``senderId``; ``name``: it is the name of a
person; ``title``: that of a group; ``person``: it may be that of a person, not of a conversation; ``everybody``: it stands for all
people; ``signs``: it has other signs that such ids do not have.
"""


class ImpossibleId(NamedTuple):
    """What is wrong with an id, and the id that was meant where that is clear."""

    flaw: Flaw
    meant: str | None = None


_STAFF = re.compile(r"[A-Za-z0-9_\-@.]+")
_OTHER = re.compile(r"[!#-&(-+\--:<-_a-~]+")
_CONVERSATION = re.compile(r"cid(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]+={1,2})")
_ENCRYPTED = re.compile(r"\$:\w+:.+", re.ASCII)
_LETTERS = re.compile(r"[^\W\d_]")
_COLUMNS = re.compile(r"[\s,;|、]+")
_EVERYBODY = frozenset({"all", "everyone", "everybody", "所有人", "全体成员", "全员", "大家"})
_AROUND = " \t\n\r\"'“”‘’`「」『』《》<>()[]{},;、"


def impossible(kind: IdKind, written: str) -> ImpossibleId | None:
    """Return what is wrong with an id that no message can have, and None for one that may come.

    Args:
        kind: which id it is.
        written: it, not empty.
    """
    form = _STAFF if kind == "sender" else _OTHER
    if kind == "sender" and written.strip("@ ").lower() in _EVERYBODY:
        return ImpossibleId("everybody")
    if kind == "sender" and written.startswith("@") and form.fullmatch(written[1:]):
        return ImpossibleId("respelled", written[1:])  # as in a chat; an id begins with a letter or digit
    if form.fullmatch(written):
        if kind == "conversation" and not written.startswith("cid"):
            return ImpossibleId("person")
        wrong_kind = kind == "sender" and written.startswith("cid") and _CONVERSATION.fullmatch(written)
        return ImpossibleId("conversation") if wrong_kind else None
    if kind == "sender" and _ENCRYPTED.fullmatch(written):
        return ImpossibleId("encrypted")
    narrow = "".join(
        each for each in unicodedata.normalize("NFKC", written) if unicodedata.category(each) != "Cf"
    )
    bare = narrow.strip(_AROUND)
    if form.fullmatch(bare):
        return impossible(kind, bare) or ImpossibleId("respelled", bare)
    if kind == "sender" and _CONVERSATION.fullmatch(bare):
        return ImpossibleId("conversation")
    if _is_name(bare) and not _COLUMNS.search(bare):
        return _named(kind)
    first, *others = (cell.strip(_AROUND) for cell in _COLUMNS.split(bare))
    if others and form.fullmatch(first) and any(map(str.isdigit, first)):
        if all(form.fullmatch(each) and any(map(str.isdigit, each)) for each in others):
            return ImpossibleId("several")
        return ImpossibleId("columns", first)
    return _named(kind) if _is_name(bare) else ImpossibleId("signs")


def impossible_piece(kind: IdKind, written: str) -> ImpossibleId | None:
    """Return what is wrong with a text that no such id has in it, and None for one that may be a piece of one.

    Args:
        kind: which id it is.
        written: the text, not empty.
    """
    form = _STAFF if kind == "sender" else _OTHER
    return None if form.fullmatch(written) else impossible(kind, written) or ImpossibleId("signs")


def _is_name(written: str) -> bool:
    """Return whether it has letters of another script, or words with blanks between them."""
    return (not written.isascii() and _LETTERS.search(written) is not None) or " " in written


def _named(kind: IdKind) -> ImpossibleId:
    if kind == "sender":
        return ImpossibleId("name")
    return ImpossibleId("title" if kind == "conversation" else "signs")
