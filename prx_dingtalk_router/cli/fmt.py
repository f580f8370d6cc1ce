"""``prx-router fmt``: writes files of rules in their canonical layout."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.cache_folder import CacheFolder, user_folder
from prx_dingtalk_router.cli.console import note, perhaps_unread, quoted, reason
from prx_dingtalk_router.cli.differences import difference
from prx_dingtalk_router.cli.program_stamp import program_stamp
from prx_dingtalk_router.cli.replacing import replace_text
from prx_dingtalk_router.cli.workspace import find_workspace
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language.encoding import NotUtf8, decode
from prx_dingtalk_router.language.files import MAX_BYTES
from prx_dingtalk_router.language.formatting import NotFormattedError, format_rules
from prx_dingtalk_router.language.source import Home, Source

STANDARD_INPUT = Path("-")
SUFFIX = ".rules"


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is and as it should be; ``after`` is None where it cannot be formatted."""

    path: Path
    before: str
    after: str | None

    @property
    def changes(self) -> bool:
        return self.after is not None and self.after != self.before


def fmt(*, paths: Sequence[Path], check: bool, diff: bool, config: Path | None, rules: Path | None) -> int:
    """Format files, or only say what would change; 1 when something would, or a file has syntax errors.

    Raises:
        UsageError: there are no such files, or one cannot be read or written.
    """
    if STANDARD_INPUT in paths:
        if len(paths) > 1:
            raise UsageError("cli.fmt.stdin-alone")
        return _filter(check=check, diff=diff)
    files = [_format(path) for path in _files(paths or [find_workspace(config, rules).where()])]
    changed = [file for file in files if file.changes]
    with perhaps_unread():
        for file in changed:
            if diff:
                sys.stdout.write(difference(file.before, file.after or file.before, str(file.path)))
            elif check:
                print(text("cli.fmt.would-change", path=quoted(file.path)))
    if not (check or diff):
        for file in changed:
            _write(file)
    faulty = sum(file.after is None for file in files)
    key = "cli.fmt.checked" if check or diff else "cli.fmt.done"
    note(text(key, changed=len(changed), unchanged=len(files) - len(changed) - faulty, faulty=faulty))
    return int(faulty > 0 or ((check or diff) and bool(changed)))


def _filter(*, check: bool, diff: bool) -> int:
    """Format standard input to standard output, for editors; what has syntax errors gives nothing."""
    content = sys.stdin.buffer.read()
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    file = _formatted(STANDARD_INPUT, content)
    with perhaps_unread():
        if diff:
            sys.stdout.write(difference(file.before, file.after or file.before, str(file.path)))
        elif not check:
            sys.stdout.buffer.write(b"" if file.after is None else mark + file.after.encode())
    return int(file.after is None or ((check or diff) and file.changes))


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files of rules that paths lead to, each once: a folder stands for all below it.

    Raises:
        UsageError: a path leads to none.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UsageError("cli.fmt.no-such-file", path=str(path))
        inside = sorted(_below(path)) if path.is_dir() else [path]
        if not inside:
            raise UsageError("cli.fmt.no-files", path=str(path))
        for each in inside:
            found.setdefault(each.resolve(), each)
    return list(found.values())


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob(f"*{SUFFIX}"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _format(path: Path) -> _File:
    try:
        return _formatted(path, path.read_bytes())
    except OSError as problem:
        raise UsageError("cli.unreadable", path=str(path), why=reason(problem)) from problem


def _formatted(path: Path, content: bytes) -> _File:
    """Format what a file holds; what has syntax errors is told and stays as it is.

    Raises:
        UsageError: it is too large, or no UTF-8.
    """
    from rich.cells import cell_len

    if len(content) > MAX_BYTES:
        raise UsageError("cli.fmt.too-large", path=str(path), limit=MAX_BYTES >> 20)
    before = decode(content)
    if isinstance(before, NotUtf8):
        raise UsageError("cli.fmt.not-utf-8", path=str(path), offset=before.offset)
    cache = CacheFolder(user_folder())
    if cache.get(_cache_name(before)) is not None:
        return _File(path, before, before)
    try:
        after = format_rules(before, cell_len)
        cache.put(_cache_name(after), b"")
        return _File(path, before, after)
    except NotFormattedError as mistake:
        source = Source(path, str(path), before.replace("\r\n", "\n"))
        place = Home(source.name, mistake.offset).place(mistake.diagnostic.span)
        at = source.position(place.start)
        where = f"{path}:{at.line}:{at.column}"
        note(
            text(
                "cli.fmt.syntax-error",
                where=where,
                code=mistake.diagnostic.code,
                problem=mistake.diagnostic.message,
            )
        )
        return _File(path, before, None)


def _cache_name(text: str) -> str:
    """The name of the entry that says that a text is in its canonical layout, as this program has it."""
    return sha256(f"fmt {program_stamp()}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _write(file: _File) -> None:
    assert file.after is not None
    try:
        replace_text(file.path, file.after)
    except OSError as problem:
        raise UsageError("cli.fmt.unwritable", path=str(file.path), why=reason(problem)) from problem
    with perhaps_unread():
        print(text("cli.fmt.changed", path=quoted(file.path)))
