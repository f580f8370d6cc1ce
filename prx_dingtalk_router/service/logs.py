"""What the router logs: a stable event name for machines, a sentence for people, nothing secret.

Text on a terminal, JSON lines elsewhere. The words of messages are never logged.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import IO, Any, Literal

import structlog

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.net import redact

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["auto", "text", "json"]

_WORDED = ("result", "route", "outcome", "reason")
"""Fields whose plain values have words of their own in sentences: ``service.word.<field>.<value>``."""

_log = structlog.stdlib.get_logger("prx_dingtalk_router")


def configure_logs(level: str, format: Format, stream: IO[str] | None = None) -> None:  # noqa: A002 - the key's name
    """Send all logging of this process to ``stream`` (standard error by default).

    Args:
        level: ``debug``, ``info``, ``warning`` or ``error``.
        format: ``text``, ``json``, or ``auto``: text on a terminal.
        stream: where to.
    """
    out = stream or sys.stderr
    as_text = format == "text" or (format == "auto" and out.isatty())
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=not as_text, key="time"),
    ]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, _as_event],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _without_secrets,
                _text_line if as_text else structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for noisy in ("aiohttp.access", "websockets", "asyncio"):
        logging.getLogger(noisy).setLevel(max(root.level, logging.WARNING))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(root.level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def log(level: Level, event: str, *, remedy: Text | None = None, **fields: object) -> None:
    """Log an event.

    Args:
        level: how serious it is.
        event: its stable name; its sentence is ``service.<event>`` of the catalogue.
        remedy: what an operator can do about it; the end of the sentence, and a field.
        **fields: what happened; also fill the sentence, plain values such as ``not-started`` as words.
    """
    words = {key: _word(key, value) for key, value in fields.items()}
    sentence = str(text(f"service.{event}", **words))
    if remedy is not None:
        sentence += str(text("service.remedy", remedy=remedy))
        fields["remedy"] = remedy
    getattr(_log, level)(event, text=sentence, **_shown(fields))


def log_defect(event: str, defect: BaseException, **fields: object) -> None:
    """Log a defect of this program, with its traceback."""
    _log.error(event, text=str(text(f"service.{event}", **fields)), exc_info=defect, **fields)


def _word(field: str, value: object) -> object:
    """What a sentence says for the value of a field."""
    if field not in _WORDED or not isinstance(value, str):
        return value
    word = text(f"service.word.{field}.{value or 'none'}")
    return word if word.key in MESSAGES else value


def _shown(fields: Mapping[str, object]) -> dict[str, object]:
    return {key: str(value) if isinstance(value, Text) else value for key, value in fields.items()}


def _as_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Give a line of the ``logging`` module the form of an event: a sentence of the catalogue has key and fields."""
    said = event["_record"].msg
    if isinstance(said, Text):
        event.update(_shown(said.params), event=said.key, text=str(said))
    else:
        event["text"] = event["event"]
    return event


def _without_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
    return event


def _text_line(_: Any, __: str, event: MutableMapping[str, Any]) -> str:
    """``time LEVEL sentence field=value …``; what the sentence shows already is left out."""
    time, level = str(event.pop("time", "")), str(event.pop("level", "")).upper()
    name = str(event.pop("event", ""))
    sentence = str(event.pop("text", name))
    logger = event.pop("logger", None)
    trace = event.pop("exception", None)
    event.pop("remedy", None)
    known = MESSAGES.get(f"service.{name}") or MESSAGES.get(name)
    template = known.en if known else ""
    rest = " ".join(
        f"{key}={value}"
        for key, value in event.items()
        if value not in ("", None) and f"{{{key}}}" not in template
    )
    line = _one_line(
        f"{time[11:19]} {level:<7} {f'[{logger}] ' if logger and not known else ''}{sentence}{f'  {rest}' if rest else ''}"
    )
    return f"{line}\n{trace}" if trace else line


def _one_line(line: str) -> str:
    """Values come from the wire: a line break or an escape sequence in one must not act on the terminal."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
