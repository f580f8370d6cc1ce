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
from typing import IO, Any

from rich.console import Console
from rich.text import Text as Styled

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.errors import RouterError

_REASONS = {
    errno.ENOENT: "cli.os.missing",
    errno.EISDIR: "cli.os.folder",
    errno.ENOTDIR: "cli.os.no-folder",
    errno.EACCES: "cli.os.permission",
    errno.EPERM: "cli.os.permission",
    errno.EROFS: "cli.os.read-only",
    errno.ENOSPC: "cli.os.full",
}
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\u0085\u2028\u2029"}


class _Results(Console):
    """Shows what strangers wrote as it stands: escape sequences in it do not act on the terminal."""

    def print(self, *objects: Any, **options: Any) -> None:
        """As any console, with control characters shown as dots."""
        super().print(*(_harmless(each) for each in objects), **options)

    def on_broken_pipe(self) -> None:
        """Who read has gone: say nothing more, but let the command come to its verdict."""
        self.quiet = True
        drop_output()


def results(*, no_color: bool = False) -> Console:
    """The console for results; styled on a terminal only, and not with ``--no-color`` or ``NO_COLOR``."""
    return _Results(
        color_system=None if _plain(no_color) else "auto",
        highlight=False,
        soft_wrap=True,
        emoji=False,
        markup=False,
    )


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
    (stream or sys.stdout).write(json.dumps(document, ensure_ascii=False).translate(_LINE_ENDS) + "\n")


def _plain(no_color: bool) -> bool:
    return no_color or bool(os.environ.get("NO_COLOR"))


def _harmless(shown: Any) -> Any:
    if isinstance(shown, Styled):
        copy = shown.copy()
        copy.plain = harmless(shown.plain)  # as long as before, so the styles stay where they are
        return copy
    return harmless(shown) if isinstance(shown, str) else shown


def harmless(written: str) -> str:
    """Text without control characters but line breaks and tabs; each becomes a dot."""
    if written.isprintable():
        return written
    return "".join(c if c.isprintable() or c in "\n\t\u3000" else "·" for c in written)
