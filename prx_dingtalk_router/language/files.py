"""The files of a set: the entry, what it uses, and the lists and templates they name (language.md sections 2, 3).

All reading is done here: what is parsed names every file, so that no later stage needs the disk.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language.diagnostics import Diagnostic, Diagnostics
from prx_dingtalk_router.language.diagnostics.file_too_large import FileTooLarge
from prx_dingtalk_router.language.diagnostics.include_cycle import IncludeCycle
from prx_dingtalk_router.language.diagnostics.include_depth import IncludeDepth
from prx_dingtalk_router.language.diagnostics.line_too_long import LineTooLong
from prx_dingtalk_router.language.diagnostics.misplaced_version import MisplacedVersion
from prx_dingtalk_router.language.diagnostics.outside_folder import OutsideFolder
from prx_dingtalk_router.language.diagnostics.unknown_version import UnknownVersion
from prx_dingtalk_router.language.diagnostics.unreadable_file import UnreadableFile
from prx_dingtalk_router.language.diagnostics.unreadable_template import UnreadableTemplate
from prx_dingtalk_router.language.diagnostics.used_twice import UsedTwice
from prx_dingtalk_router.language.diagnostics.wrong_encoding import WrongEncoding
from prx_dingtalk_router.language.encoding import NotUtf8, decode
from prx_dingtalk_router.language.source import Place, Source, Span
from prx_dingtalk_router.language.syntax.ast import (
    Declaration,
    LanguageNode,
    ListNode,
    RuleNode,
    String,
    TemplateNode,
    UseNode,
)
from prx_dingtalk_router.text.did_you_mean import Vocabulary

ENTRY_NAME = "main.rules"
VERSION = "1"

MAX_DEPTH = 10
MOST_BESIDE = 1_000
"""So many names of a folder are looked at for one like that of a file which is not there."""
MAX_BYTES = 8 << 20
MAX_LINE = 100_000
"""In characters."""

Overlay = Mapping[Path, str | bytes]
"""Texts or contents that stand in for files, by resolved path."""

Kind = type[UnreadableFile | UnreadableTemplate]


def entry_of(path: Path, unsaved: Collection[Path] = ()) -> Path:
    """Return the entry file of a set: the file itself, or ``main.rules`` of a folder.

    Args:
        path: the file or folder.
        unsaved: files that need not be on the disk.

    Raises:
        UsageError: there is no such file.
    """
    if path in unsaved:
        return path
    entry = path / ENTRY_NAME if path.is_dir() else path
    if not entry.is_file():
        inside = path / "rules"
        if (inside / ENTRY_NAME).is_file():
            raise UsageError("language.entry-inside", path=str(path), entry=ENTRY_NAME, inside=str(inside))
        key = "language.no-entry" if path.is_dir() else "language.no-such-file"
        raise UsageError(key, path=str(path), entry=ENTRY_NAME)
    try:
        entry.open("rb").close()
    except OSError as problem:
        raise UsageError("language.unreadable-entry", file=str(entry), why=_why(problem)) from problem
    return entry


class FileSet:
    """The files of a set, each read once.

    Iterating gives the files of rules one by one. What is written in one is handed to ``add`` before the next is asked
    for: the files that it uses follow.

    Args:
        entry: the entry file.
        diagnostics: where it is reported what is wrong with the files.
        overlay: what stands in for files (an editor's unsaved buffer).
        base: folder that shown file names are relative to; the current one by default.
    """

    def __init__(
        self,
        entry: Path,
        diagnostics: Diagnostics,
        *,
        overlay: Overlay | None = None,
        base: Path | None = None,
    ) -> None:
        path = entry.resolve()
        self.complete = True
        """False when a file of rules could not be read."""
        self._diagnostics = diagnostics
        self._overlay = dict(overlay or {})
        self._folder = path.parent
        self._base = (base or Path.cwd()).resolve()
        self._contents: dict[Path, bytes] = {}
        self._opened: dict[Path, Source | _Unread] = {}
        self._declarations: dict[Path, list[Declaration]] = {}
        self.links: dict[Path, Path | None] = {}
        """Where the names of files led, by path before links were followed; ``None`` for one that leads nowhere."""
        self._targets: dict[tuple[Path, str], Path | None] = {}
        """What is used, by the file that says so and the name it gives."""
        self._named: dict[tuple[str, str], Source | None] = {}
        self._depths = {path: 0}
        """How many ``use`` lead to a file, for those that are to be read."""
        opened = self._open(path)
        if isinstance(opened, _Unread):
            self.complete = False
            diagnostics.sources.add_missing(Source(path, self._shown(path), ""))
            self._report(opened, Place(0, 0, self._shown(path)), path)
        self.entry = diagnostics.sources[self._shown(path)]

    def __iter__(self) -> Iterator[Source]:
        """Give the files of rules, the entry first, as far as they can be read."""
        given: set[Path] = set()
        while given != self._depths.keys():
            for path in [path for path in self._depths if path not in given]:
                given.add(path)
                opened = self._open(path)
                if isinstance(opened, Source):
                    yield opened

    def add(self, source: Source, declarations: Iterable[Declaration]) -> None:
        """Take what is written in a file: report what is wrong with it, and read the files that it names."""
        kept = self._declarations[source.path] = []
        number = 0
        for declaration in declarations:
            with self._diagnostics.within(declaration.home):
                for diagnostic in declaration.diagnostics:
                    self._diagnostics.add(diagnostic)
                if declaration.node is not None:
                    kept.append(declaration)
                    self._read_named(source, declaration, number)
                    number += 1

    def in_rule_order(self) -> Sequence[Declaration]:
        """Return all declarations, those of a used file at the place of its first ``use``."""
        found: list[Declaration] = []
        entry = self.entry.path
        if entry in self._declarations:
            self._flatten(entry, (entry,), {entry}, found)
        return found

    def read(self) -> tuple[Source, ...]:
        """Return the files of rules that could be read."""
        opened = (self._opened[path] for path in self._declarations)
        return tuple(each for each in opened if isinstance(each, Source))

    def looked_at(self) -> Mapping[Path, bytes | None]:
        """Return the content of every file that was looked for; ``None`` for one that could not be read."""
        return {path: self._contents.get(path) for path in self._opened}

    def rule_count(self) -> int:
        """Return how many rules are written in them."""
        return sum(
            isinstance(declaration.node, RuleNode)
            for declarations in self._declarations.values()
            for declaration in declarations
        )

    def named(self, file: str, name: String) -> Source | None:
        """Return the file that a ``list … lines`` or ``template … file`` in ``file`` names; ``None`` if it cannot be read."""
        return self._named[file, name.value]

    def fingerprint(self) -> str:
        """Return ``sha256:…`` over the names and contents of all files, in a fixed order."""
        digest = hashlib.sha256()
        for path in sorted(self._contents):
            name = path.relative_to(self._folder) if path.is_relative_to(self._folder) else path
            content = self._contents[path]
            digest.update(f"{name.as_posix()}\n{len(content)}\n".encode("utf-8", "surrogateescape"))
            digest.update(content)
        return f"sha256:{digest.hexdigest()}"

    # ---- what declarations name

    def _read_named(self, source: Source, declaration: Declaration, number: int) -> None:
        match declaration.node:
            case LanguageNode() as language:
                if number:
                    self._diagnostics.add(MisplacedVersion(language.span))
                if language.version != VERSION:
                    self._diagnostics.add(UnknownVersion(language.span, language.version, VERSION))
            case UseNode() as use:
                target = self._targets[source.path, use.path.value] = self._locate(source, use.path)
                depth = self._depths[source.path] + 1
                if target is not None and depth <= MAX_DEPTH:
                    self._depths.setdefault(target, depth)
            case ListNode(value=String() as path):
                self._named[source.name, path.value] = self._read(source, path, UnreadableFile)
            case TemplateNode(from_file=True) as template:
                found = self._read(source, template.text, UnreadableTemplate)
                self._named[source.name, template.text.value] = found
            case _:
                pass

    def _flatten(
        self, path: Path, chain: tuple[Path, ...], seen: set[Path], found: list[Declaration]
    ) -> None:
        for declaration in self._declarations[path]:
            use = declaration.node
            if not isinstance(use, UseNode):
                found.append(declaration)
                continue
            target = self._targets[path, use.path.value]
            with self._diagnostics.within(declaration.home):
                wrong = self._wrong_use(use, target, chain, seen) if target is not None else None
                if wrong is not None:
                    self._diagnostics.add(wrong)
                elif target is None:  # reported where it is named
                    self.complete = False
                elif target in self._declarations:
                    seen.add(target)
                    self._flatten(target, (*chain, target), seen, found)
                else:
                    self.complete = False
                    self._report(self._open(target), use.path.span, target)

    def _wrong_use(
        self, use: UseNode, target: Path, chain: tuple[Path, ...], seen: set[Path]
    ) -> Diagnostic | None:
        if target in chain:
            links = (*chain[chain.index(target) :], target)
            return IncludeCycle(use.path.span, " → ".join(self._shown(each) for each in links))
        if target in seen:
            return UsedTwice(use.path.span, self._shown(target))
        if len(chain) > MAX_DEPTH:
            return IncludeDepth(use.path.span, MAX_DEPTH)
        return None

    def _read(self, source: Source, name: String, kind: Kind) -> Source | None:
        """Read a file that ``source`` names."""
        path = self._locate(source, name, kind)
        if path is None:
            return None
        opened = self._open(path)
        if isinstance(opened, Source):
            return opened
        self._report(opened, name.span, path, kind)
        return None

    def _locate(self, source: Source, name: String, kind: Kind = UnreadableFile) -> Path | None:
        """Return the path that is named, relative to the file that names it, within the folder of the entry."""
        try:
            written = source.path.parent / name.value
            self.links[written] = None
            path = self.links[written] = written.resolve()
        except (OSError, ValueError, RuntimeError) as problem:
            self._diagnostics.add(kind(name.span, name.value, str(problem)))
            return None
        if not path.is_relative_to(self._folder):
            self._diagnostics.add(OutsideFolder(name.span, name.value, self._shown(self._folder)))
            return None
        return path

    # ---- files

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._base).as_posix() if path.is_relative_to(self._base) else str(path)

    def _open(self, path: Path) -> Source | _Unread:
        if path not in self._opened:
            self._opened[path] = self._opened_now(path)
        return self._opened[path]

    def _opened_now(self, path: Path) -> Source | _Unread:
        """Read a file, and report what is wrong with it whoever names it."""
        try:
            given = self._overlay.get(path)
            if isinstance(given, str):
                given = given.encode("utf-8", "surrogatepass")
            content = given if given is not None else read_content(path)
        except (OSError, ValueError) as problem:
            return _Unread(_why(problem))
        name = self._shown(path)
        decoded = decode(content) if len(content) <= MAX_BYTES else ""
        text = decoded if isinstance(decoded, str) else decoded.good
        source = Source(path, name, text)
        self._diagnostics.sources.add(source)
        self._contents[path] = content
        wrong: Diagnostic | None = None
        if len(content) > MAX_BYTES:
            wrong = FileTooLarge(Place(0, 0, name), limit=MAX_BYTES >> 20)
        elif isinstance(decoded, NotUtf8):
            end = len(decoded.good)
            wrong = WrongEncoding(Place(end, end, name), name, decoded.offset, decoded.encoding)
        elif (start := _overlong_line(text)) is not None:
            wrong = LineTooLong(Place(start, start, name), limit=MAX_LINE)
        if wrong is None:
            return source
        self._diagnostics.add(wrong)
        return _Unread(None)

    def _report(self, opened: Source | _Unread, span: Span, path: Path, kind: Kind = UnreadableFile) -> None:
        """Report a file that cannot be read where it is named, unless it was reported in itself."""
        if isinstance(opened, _Unread) and opened.why is not None:
            self._diagnostics.add(kind(span, self._shown(path), opened.why, _like(path)))


def _like(path: Path) -> str | None:
    """Return the name of a file beside where one is looked for that is like its name."""
    try:
        beside = [each.name for each in islice(path.parent.iterdir(), MOST_BESIDE)]
    except OSError:
        return None
    found = Vocabulary([name for name in beside if name != path.name], pinyin=True).nearest(path.name)
    return found if found != path.name else None


class _Unread(NamedTuple):
    """A file that could not be read; ``why`` is ``None`` where that was reported already."""

    why: Text | str | None


def _overlong_line(text: str) -> int | None:
    """Return where a line begins that is too long."""
    start = 0
    while len(text) - start > MAX_LINE:
        end = text.rfind("\n", start, start + MAX_LINE + 1)
        if end < 0:
            return start
        start = end + 1
    return None


def read_content(path: Path) -> bytes:
    """Return the bytes of a regular file; refuse devices and pipes, which may never end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _why(problem: Exception) -> Text | str:
    match problem:
        case FileNotFoundError():
            return text("language.why.not-found")
        case IsADirectoryError():
            return text("language.why.is-folder")
        case PermissionError():
            return text("language.why.no-permission")
        case OSError():
            return problem.strerror or str(problem)
        case _:
            return str(problem)
