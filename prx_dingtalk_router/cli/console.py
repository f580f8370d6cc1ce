"""Where commands write: results to standard output, everything else to standard error."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.errors import RouterError

if TYPE_CHECKING:
    from rich.table import Table

Part = str | Text | tuple[str | Text, str]
"""A piece of a line, or one with its style: ``bold``, ``dim``, a colour, or several of these."""

_REASONS = {
    errno.ENOENT: "cli.os.missing",
    errno.EISDIR: "cli.os.folder",
    errno.ENOTDIR: "cli.os.no-folder",
    errno.EACCES: "cli.os.permission",
    errno.EPERM: "cli.os.permission",
    errno.EROFS: "cli.os.read-only",
    errno.ENOSPC: "cli.os.full",
}
_LINE_ENDS = {end: f"\\u{ord(end):04x}" for end in "\u0085\u2028\u2029"}
_JSON = json.JSONEncoder(ensure_ascii=False)


class Results:
    """Where results are printed: styled on a terminal only.

    What strangers wrote is shown as it is, and no escape sequence in it acts on the terminal.
    """

    def __init__(self, *, no_color: bool) -> None:
        self._color = False if no_color else True if os.environ.get("FORCE_COLOR") else None
        self._unread = False

    def print(self, *parts: Part) -> None:
        """Print a line; once nobody reads any more, nothing."""
        if self._unread:
            return
        try:
            click.echo("".join(map(_styled, parts)), file=sys.stdout, color=self._color)
        except BrokenPipeError:  # say nothing more, but let the command come to its verdict
            self._unread = True
            drop_output()


def results(*, no_color: bool = False) -> Results:
    """Return where results are printed: without colour for ``--no-color``, ``NO_COLOR`` or a terminal that has none.

    ``FORCE_COLOR`` asks for colour where there is no terminal, as for ``less -R``.
    """
    return Results(no_color=_plain(no_color))


def write_table(table: Table, *, no_color: bool) -> None:
    """Print a table, cut to the width of the terminal."""
    from rich.console import Console

    console = Console(
        color_system=None if _plain(no_color) else "auto",
        highlight=False,
        soft_wrap=True,
        emoji=False,
        markup=False,
    )
    with console.capture() as drawn:
        console.print(table)
    with perhaps_unread():
        sys.stdout.write(drawn.get())


def write_markdown(written: str, *, no_color: bool) -> None:
    """Print Markdown as a terminal shows it: headings, tables and code drawn, wrapped to its width."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    # No background of its own: the terminal may be dark or light.
    theme = Theme({"markdown.code": "cyan", "markdown.h2": "bold"})
    console = Console(
        color_system=None if _plain(no_color) else "auto", highlight=False, emoji=False, theme=theme
    )
    with console.capture() as drawn:
        console.print(Markdown(written, hyperlinks=False, code_theme="ansi_dark"))
    with perhaps_unread():
        sys.stdout.write(drawn.get())


def note(sentence: Text) -> None:
    """Tell people something that is no result."""
    print(sentence.render(), file=sys.stderr, flush=True)


def complain(problem: RouterError | Text | str) -> None:
    """Tell people what went wrong."""
    print(f"prx-router: {problem}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def perhaps_unread() -> Iterator[None]:
    """Write results whose reader may go away, as ``head`` does; the command still comes to its verdict."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def drop_output() -> None:
    """Whoever read standard output has gone: what is still written goes nowhere, and nothing complains at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def drop_errors() -> None:
    """Nobody reads standard error, and a pipe holds little: what is still written there goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stderr__.fileno() if sys.__stderr__ else 2)


def quoted(path: Path) -> str:
    """A path as a shell takes it: quoted where it must be, so that Chinese names stay readable."""
    written = str(path)
    return written if all(c.isalnum() or c in "-_./:\\" for c in written) else shlex.quote(written)


def reason(problem: OSError) -> Text | str:
    """Why the system refused, in the language of the process where that is usual."""
    known = _REASONS.get(problem.errno or 0)
    return text(known) if known else problem.strerror or type(problem).__name__


def write_json(document: Any, stream: IO[str] | None = None) -> None:
    """One JSON document on one line of standard output, Chinese as it is.

    Line separators that only Unicode knows are escaped: a script that cuts lines at them still gets whole documents.
    """
    written = _JSON.encode(document)
    for end, escape in _LINE_ENDS.items():
        if end in written:
            written = written.replace(end, escape)
    (stream or sys.stdout).write(written + "\n")


def _plain(no_color: bool) -> bool:
    return no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def _styled(part: Part) -> str:
    shown, style = part if isinstance(part, tuple) else (part, "")
    words = style.split()
    color = next((word for word in words if word not in ("bold", "dim")), None)
    plain = harmless(str(shown))
    if not plain or not words:
        return plain
    return click.style(plain, fg=color, bold="bold" in words or None, dim="dim" in words or None)


def harmless(written: str) -> str:
    """Text without control characters but line breaks and tabs; each becomes a dot."""
    if written.isprintable():
        return written
    return "".join(c if c.isprintable() or c in "\n\t\u3000" else "·" for c in written)
