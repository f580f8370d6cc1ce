"""From an event of the log to its line: a JSON object for machines, a sentence for people; nothing secret in either.

What is redacted goes by type. A ``str`` is a name or an id (of a rule, an agent, a message) or one word of a closed set, and
stands as it is. Sentences (``Text``) and errors can quote what a peer said: in these, whatever could be a credential is masked.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from string import Formatter
from typing import Literal

import msgspec
from msgspec.structs import asdict

from prx_dingtalk_router.catalogue import Language, Text, current_language, text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.net import redact

Level = Literal["debug", "info", "warning", "error"]

_WORDED = frozenset({"result", "route", "outcome", "reason", "what", "source"})
"""Fields whose plain values have words of their own in sentences: ``service.word.<field>.<value>``."""
_MOST_TRACE = 20_000
_COLOURS = {"debug": "\x1b[2m", "info": "\x1b[32m", "warning": "\x1b[33m", "error": "\x1b[1;31m"}
_PLAIN = "\x1b[0m"
_encode = msgspec.json.Encoder().encode


class PlainFields(msgspec.Struct, frozen=True):
    """The fields of an event that is logged so often that each microsecond counts: names, ids and numbers, nothing else.

    A subclass names them in the order in which they are written.
    """


class LogEvent(msgspec.Struct, frozen=True):
    """Something to be logged.

    Attributes:
        at_ns: when, in Unix nanoseconds.
        level: how serious it is.
        name: its stable name; ``service.<name>`` of the catalogue is its sentence.
        fields: what happened; they fill the sentence.
        remedy: what an operator can do about it; the end of the sentence, and a field.
        trace: the traceback of a defect.
    """

    at_ns: int
    level: Level
    name: str
    fields: Mapping[str, object] | PlainFields
    remedy: Text | None = None
    trace: str = ""


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """A line of the ``logging`` module: of a part below, which logs sentences of the catalogue, or of a library.

    Attributes:
        at_ns: as of an event.
        level: in lower case.
        logger: its name.
        said: a sentence, or words.
        trace: as of an event.
    """

    at_ns: int
    level: str
    logger: str
    said: Text | str
    trace: str = ""


def sentence(event: LogEvent) -> str:
    """What an event says, in the language of the process."""
    return _one_line(str(_entry(event)["text"]))


def json_line(record: LogEvent | LibraryLine) -> str:
    """The record as one JSON object, with ``event``, ``level``, ``time`` in UTC, ``text`` and its fields."""
    seconds, nanoseconds = divmod(record.at_ns, 1_000_000_000)
    moment = f"{_utc(seconds)}.{nanoseconds // 1000:06d}Z"
    if isinstance(record, LogEvent) and isinstance(record.fields, PlainFields):
        try:
            return _plain_json_line(record, record.fields, moment)
        except UnicodeEncodeError:  # halves of surrogate pairs
            pass
    entry = _entry(record)
    entry["time"] = moment
    try:
        return msgspec.json.encode(entry, enc_hook=str).decode()
    except UnicodeEncodeError:  # halves of surrogate pairs
        whole = {key: _whole(value) for key, value in entry.items()}
        return msgspec.json.encode(whole, enc_hook=lambda value: _whole(str(value))).decode()


def _plain_json_line(event: LogEvent, fields: PlainFields, moment: str) -> str:
    """As ``json_line``: the same line, without a detour over a dictionary."""
    said = _encode(_wording(event.name, current_language()).of(fields))
    head = f'{{"event":"{event.name}","level":"{event.level}","time":"{moment}","text":'
    return f"{head}{said.decode()},{_encode(fields)[1:].decode()}"


class _Wording:
    """The sentence of an event with plain fields, taken apart once.

    Args:
        template: as in the catalogue.
    """

    __slots__ = ("_literals", "_values", "_worded")

    def __init__(self, template: str) -> None:
        parts = [(literal, name) for literal, name, _, _ in Formatter().parse(template)]
        names = [name for _, name in parts if name]
        self._literals = "".join(
            literal.replace("%", "%%") + ("%s" if name else "") for literal, name in parts
        )
        # Of a single name there would be no tuple.
        self._values = attrgetter(*names, *names[:1]) if names else None
        self._worded = [(place, name) for place, name in enumerate(names) if name in _WORDED]

    def of(self, fields: PlainFields) -> str:
        """What is said of these fields."""
        if self._values is None:
            return self._literals % ()
        values = [*self._values(fields)]
        values.pop()
        for place, name in self._worded:
            values[place] = _word(name, values[place])
        return self._literals % tuple(values)


def coloured_line(record: LogEvent | LibraryLine) -> str:
    """As ``text_line``, with the level in its colour."""
    return text_line(record, _COLOURS.get(record.level, ""))


def text_line(record: LogEvent | LibraryLine, colour: str = "") -> str:
    """``time LEVEL sentence field=value …``; what the sentence shows already is left out.

    Args:
        record: what was logged.
        colour: the escape sequence that the level is written in.
    """
    entry = _entry(record)
    name, level, sentence = (str(entry.pop(key)) for key in ("event", "level", "text"))
    logger, trace = entry.pop("logger", None), entry.pop("exception", None)
    entry.pop("remedy", None)
    known = MESSAGES.get(f"service.{name}") or MESSAGES.get(name)
    template = known.en if known else ""
    rest = "".join(
        f" {key}={value}"
        for key, value in entry.items()
        if value not in ("", None) and f"{{{key}}}" not in template
    )
    origin = f"[{logger}] " if logger and not known else ""
    moment = _local(record.at_ns // 1_000_000_000)
    shown_level = f"{colour}{level.upper():<7}{_PLAIN if colour else ''}"
    said = f"{origin}{sentence} {rest}" if rest else f"{origin}{sentence}"
    line = f"{moment} {shown_level} {_one_line(said)}"
    return f"{line}\n{trace}" if trace else line


def _entry(record: LogEvent | LibraryLine) -> dict[str, object]:
    entry: dict[str, object] = {"event": "", "level": record.level, "time": "", "text": ""}
    if isinstance(record, LogEvent):
        known = asdict(record.fields) if isinstance(record.fields, PlainFields) else record.fields
        fields = {key: value if type(value) is str else _clean(value) for key, value in known.items()}
        worded = {key: _word(key, value) if key in _WORDED else value for key, value in fields.items()}
        sentence = _template(record.name, current_language()).format_map(worded)
        entry.update(event=record.name, text=sentence, **fields)
        if record.remedy is not None:
            entry["remedy"] = _clean(record.remedy)
            entry["text"] = sentence + str(text("service.remedy", remedy=entry["remedy"]))
    elif isinstance(record.said, Text):
        entry.update({key: _quoted(value) for key, value in record.said.params.items()})
        entry.update(event=record.said.key, text=redact(str(record.said)), logger=record.logger)
    else:
        said = redact(record.said)
        entry.update(event=said, text=said, logger=record.logger)
    if record.trace:
        entry["exception"] = redact(record.trace[-_MOST_TRACE:])
    return entry


def _clean(value: object) -> object:
    """A value as it is shown: sentences worded and without what could be a credential."""
    if isinstance(value, (str, int, float, type(None))):
        return value
    return redact(str(value))


def _quoted(value: object) -> object:
    """What fills a sentence of the parts below, as it is shown: a ``str`` in it may be a peer's words."""
    return redact(value) if isinstance(value, str) else _clean(value)


def _word(key: str, value: object) -> object:
    """What a sentence says for the value of a field that has words."""
    if isinstance(value, str):
        return _word_of(key, value, current_language())
    return value


@lru_cache(maxsize=1024)
def _word_of(key: str, value: str, language: str) -> str:
    word = text(f"service.word.{key}.{value or 'none'}")
    return str(word) if word.key in MESSAGES else value


@lru_cache(maxsize=256)
def _template(name: str, language: Language) -> str:
    return MESSAGES[f"service.{name}"].template(language)


@lru_cache(maxsize=64)
def _wording(name: str, language: Language) -> _Wording:
    return _Wording(_template(name, language))


@lru_cache(maxsize=2)
def _utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


@lru_cache(maxsize=2)
def _local(seconds: int) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))


def _whole(value: object) -> object:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _one_line(line: str) -> str:
    """Values come from the wire: a line break or an escape sequence in one must not act on the terminal."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
