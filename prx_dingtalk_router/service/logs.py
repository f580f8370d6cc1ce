"""What the router logs: a stable event name for machines, a sentence for people, nothing secret.

Text on a terminal, JSON lines elsewhere. The words of messages are never logged. Whoever logs only notes what happened; words
are found and written by a thread (``log_writer``), so nobody waits for whoever reads the log.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import time
from collections.abc import Callable, MutableMapping
from typing import IO, Any, Literal

import structlog

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.service.log_lines import (
    Level,
    LibraryLine,
    LogEvent,
    PlainFields,
    coloured_line,
    json_line,
    text_line,
)
from prx_dingtalk_router.service.log_writer import LogWriter
from prx_dingtalk_router.service.problems import Problems

Format = Literal["auto", "text", "json"]

CLOSE_SECONDS = 2.0
"""How long the end of the process waits for a log that nobody reads."""

_NOISY = ("aiohttp.access", "websockets", "asyncio", "watchfiles")
_TRACES = logging.Formatter()

_Writer = LogWriter[LogEvent | LibraryLine]


class _Outlet:
    """What structlog calls a logger: takes what passed its level, one method a level."""

    def __init__(self, writer: _Writer) -> None:
        self.debug = self.info = self.warning = self.error = writer.put


class _Logs:
    """The logs of this process: nowhere, until they are configured."""

    def __init__(self) -> None:
        self.writer: _Writer | None = None
        self.logger: Any = None
        self.use(None, logging.CRITICAL)

    def use(self, writer: _Writer | None, level: int) -> None:
        """Send what is logged from now on to ``writer``."""
        self.writer = writer
        self.put_info = writer.put if writer is not None and level <= logging.INFO else None
        # Bound here and not at each use: finding out what to bind costs more than the rest of a call.
        self.logger = structlog.wrap_logger(
            _Outlet(writer) if writer is not None else None,
            processors=[_noted],
            wrapper_class=structlog.make_filtering_bound_logger(level),
        ).bind()


class _Handler(logging.Handler):
    """Takes lines of the ``logging`` module."""

    def __init__(self, writer: _Writer) -> None:
        super().__init__()
        self._writer = writer

    def emit(self, record: logging.LogRecord) -> None:
        """Note a line; its arguments may change afterwards, so they are put in now."""
        said = record.msg if isinstance(record.msg, Text) else record.getMessage()
        trace = record.exc_text or (_TRACES.formatException(record.exc_info) if record.exc_info else "")
        at_ns = int(record.created * 1_000_000_000)
        self._writer.put(LibraryLine(at_ns, record.levelname.lower(), record.name, said, trace))


def configure_logs(level: str, format: Format, stream: IO[str] | None = None) -> None:  # noqa: A002 - the key's name
    """Send all logging of this process to ``stream`` (standard error by default), through a thread of its own.

    Args:
        level: ``debug``, ``info``, ``warning`` or ``error``.
        format: ``text``, ``json``, or ``auto``: text on a terminal. Text on a terminal has levels in colour, unless
            ``NO_COLOR`` is set.
        stream: where to.
    """
    close_logs()
    out = stream or sys.stderr
    writer: _Writer = LogWriter(out, _surely(_form(format, out)), _dropped)
    root = logging.getLogger()
    root.handlers = [_Handler(writer)]
    root.setLevel(level.upper())
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(max(root.level, logging.WARNING))
    _logs.use(writer, root.level)


def _form(format: Format, out: IO[str]) -> Callable[[LogEvent | LibraryLine], str]:  # noqa: A002
    """How records are written: JSON unless a person reads, in colour on a terminal that has any."""
    if format == "json" or (format == "auto" and not out.isatty()):
        return json_line
    plain = not out.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text_line if plain else coloured_line


def log(level: Level, event: str, *, remedy: Text | None = None, **fields: object) -> None:
    """Log an event; below the configured level this does nothing.

    Args:
        level: how serious it is.
        event: its stable name; its sentence is ``service.<event>`` of the catalogue.
        remedy: what an operator can do about it; the end of the sentence, and a field.
        **fields: what happened; also fill the sentence, plain values such as ``not-started`` as words. A ``str`` is a
            name, an id or one of a few words; what a peer said comes as ``Text``, in which credentials are masked.
    """
    getattr(_logs.logger, level)(event, remedy=remedy, **fields)


def log_plain(event: str, fields: PlainFields) -> None:
    """Log an event of level info as ``log`` does, in a tenth of its time: for what happens to each message."""
    if _logs.put_info is not None:
        _logs.put_info(LogEvent(time.time_ns(), "info", event, fields))


def log_defect(event: str, defect: BaseException, **fields: object) -> None:
    """Log a defect of this program, with its traceback."""
    # Worded at once: what is kept of a defect would keep all that its frames hold.
    trace = _TRACES.formatException((type(defect), defect, defect.__traceback__))
    _logs.logger.error(event, trace=trace, **fields)


def flush_logs(timeout: float = CLOSE_SECONDS) -> bool:
    """Wait until all that was logged is written, at most ``timeout`` seconds; whether it is."""
    return _logs.writer is None or _logs.writer.flush(timeout)


@atexit.register
def close_logs(timeout: float = CLOSE_SECONDS) -> bool:
    """Write what waits and log nothing more; False where that took too long, as nobody reads what is written."""
    writer = _logs.writer
    if writer is None:
        return True
    _logs.use(None, logging.CRITICAL)
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, _Handler)]
    return writer.close(timeout)


def _noted(_: object, level: Any, fields: MutableMapping[str, Any]) -> tuple[Any, ...]:
    """The last step of a call: what the thread needs to word it."""
    name, remedy, trace = fields.pop("event"), fields.pop("remedy", None), fields.pop("trace", "")
    event = LogEvent(time.time_ns(), level, name, fields, remedy, trace)
    problems.note(event)
    return (event,), {}


def _surely(render: Callable[[LogEvent | LibraryLine], str]) -> Callable[[LogEvent | LibraryLine], str]:
    """``render``, where a record that cannot be worded costs its own line alone, and not the thread that writes."""

    def line(record: LogEvent | LibraryLine) -> str:
        try:
            return render(record)
        except Exception as defect:
            about = record.name if isinstance(record, LogEvent) else record.logger
            fields = {"about": about, "problem": type(defect).__name__}
            return render(LogEvent(record.at_ns, "error", "log-unworded", fields))

    return line


def _dropped(count: int) -> LogEvent:
    return LogEvent(time.time_ns(), "warning", "log-dropped", {"count": count})


problems = Problems()
"""Of this process."""
_logs = _Logs()
