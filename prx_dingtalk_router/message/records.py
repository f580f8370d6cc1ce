"""Forwarded records: what several people said, one line each (dingtalk-cards-media.md section 6.6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from prx_dingtalk_router.message.json_text import object_of, structure_of
from prx_dingtalk_router.message.places import Place, string_at

MAX_ENTRIES = 100
MAX_CHARACTERS = 20_000
_RECORDS = ("chatRecord", "records", "messages", "contents")
_SENDERS = ("senderNick", "senderName", "senderId")

_BROKEN_JSON = ('["', "[{", '{"')

# "name:words" of a summary; a number before the colon is a time, slashes after it are an address.
_SPOKEN = re.compile(
    r"(?P<sender>[^\s:\uff1a][^:\uff1a\n]{0,39})[:\uff1a](?!//)[^\S\n]*(?P<words>\S.*)", re.DOTALL
)

ReadEntry = Callable[[Place], str]


def record_words(places: Sequence[Place], read: ReadEntry) -> str:
    """The lines of a record as ``sender: words``, of its summary or else of its entries; at most 100.

    A record that holds neither says its title.

    Args:
        places: where the record may be.
        read: gives the words of one entry.
    """
    holds_lines = False
    for lines in (_summary(places, read), _entries(places, read)):
        if lines is not None:
            holds_lines = True
            if shown := "\n".join(islice(lines, MAX_ENTRIES)):
                return shown[:MAX_CHARACTERS]
    return "" if holds_lines else string_at(places, "title")


def _summary(places: Sequence[Place], read: ReadEntry) -> Iterator[str] | None:
    for place in places:
        summary = place.get("summary")
        listed = structure_of(summary)
        if isinstance(listed, list):
            return _lines(listed, read)
        if isinstance(summary, str) and not summary.lstrip().startswith(_BROKEN_JSON):
            return _lines(summary.splitlines(), read)
    return None


def _entries(places: Sequence[Place], read: ReadEntry) -> Iterator[str] | None:
    for place in places:
        for key in _RECORDS:
            listed = structure_of(place.get(key))
            if isinstance(listed, list):
                return _lines(listed, read)
    return None


def _lines(entries: Iterable[object], read: ReadEntry) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, str):
            entry_object = structure_of(entry)
            line = _line(entry_object, read) if isinstance(entry_object, dict) else _spoken(entry)
        else:
            line = _line(object_of(entry), read)
        if line:
            yield line


def _line(entry: Place, read: ReadEntry) -> str:
    words = read(entry).strip()
    sender = string_at((entry,), *_SENDERS).strip()
    if not words or not sender or sender.startswith("$:"):  # an encrypted id tells nobody who spoke
        return words
    return f"{sender}: {words}"


def _spoken(written: str) -> str:
    line = written.strip()
    spoken = _SPOKEN.fullmatch(line)
    if spoken is None or spoken["sender"].isdigit():
        return line
    return f"{spoken['sender'].rstrip()}: {spoken['words']}"
