"""Reads the files of a set: the entry, what it uses, and the lists and templates they name (language.md sections 2, 3)."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.include_cycle import IncludeCycle
from prx_dingtalk_router.language.diagnostics.include_depth import IncludeDepth
from prx_dingtalk_router.language.diagnostics.misplaced_version import MisplacedVersion
from prx_dingtalk_router.language.diagnostics.outside_folder import OutsideFolder
from prx_dingtalk_router.language.diagnostics.unknown_version import UnknownVersion
from prx_dingtalk_router.language.diagnostics.unreadable_file import UnreadableFile
from prx_dingtalk_router.language.diagnostics.unreadable_template import UnreadableTemplate
from prx_dingtalk_router.language.diagnostics.used_twice import UsedTwice
from prx_dingtalk_router.language.diagnostics.wrong_encoding import WrongEncoding
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.language.syntax.ast import DeclarationNode, LanguageNode, String, Unparsed, UseNode
from prx_dingtalk_router.language.syntax.build import build
from prx_dingtalk_router.language.syntax.lexer import lex
from prx_dingtalk_router.language.syntax.parser import parse

ENTRY_NAME = "main.rules"
MAX_DEPTH = 10
LOOKED_AT = 64 * 1024
LEAST_SHARE = 20
"""One in so many characters of a UTF-16 file is ASCII at least."""

VERSION = "1"


@dataclass(slots=True)
class Loaded:
    """What was read: all declarations in rule order, and the files.

    ``unparsed_names`` are names whose declaration could not be parsed, ``unparsed_words`` the names in such declarations;
    ``complete`` is False when there are any, or a file of rules could not be read.
    """

    entry: Source
    declarations: list[DeclarationNode] = field(default_factory=list)
    sources: dict[Path, Source] = field(default_factory=dict)
    unparsed_names: set[str] = field(default_factory=set)
    unparsed_words: set[str] = field(default_factory=set)
    complete: bool = True
    contents: dict[Path, bytes] = field(default_factory=dict)
    overlay: Mapping[Path, str] = field(default_factory=dict)
    base: Path = field(default_factory=Path.cwd)

    def fingerprint(self) -> str:
        """``sha256:…`` over the names and contents of all files that were read, in a fixed order."""
        digest = hashlib.sha256()
        base = self.entry.path.parent
        for path in sorted(self.contents):
            name = path.relative_to(base).as_posix() if path.is_relative_to(base) else path.as_posix()
            content = self.contents[path]
            digest.update(f"{name}\n{len(content)}\n".encode("utf-8", "surrogateescape"))
            digest.update(content)
        return f"sha256:{digest.hexdigest()}"


def entry_of(path: Path) -> Path:
    """The entry file of a set: the file itself, or ``main.rules`` of a folder.

    Raises:
        UsageError: there is no such file.
    """
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


def load(
    entry: Path,
    diagnostics: Diagnostics,
    *,
    overlay: Mapping[Path, str] | None = None,
    base: Path | None = None,
) -> Loaded:
    """Read a set.

    Args:
        entry: the entry file.
        diagnostics: collects what is wrong with the files.
        overlay: texts that stand in for files, by resolved path (an editor's unsaved buffer).
        base: folder that shown file names are relative to; the current one by default.
    """
    resolved = entry.resolve()
    loader = _Loader(diagnostics, dict(overlay or {}), resolved.parent, base or Path.cwd())
    source = loader.read(resolved, Span(Source(resolved, loader.shown(resolved), ""), 0, 0))
    loader.loaded = Loaded(source or Source(resolved, loader.shown(resolved), ""))
    loader.loaded.contents = loader.contents
    loader.loaded.overlay, loader.loaded.base = loader.overlay, loader.base
    loader.loaded.complete = source is not None
    if source is not None:
        loader.file(source, (resolved,))
    return loader.loaded


def read_named_file(
    loaded: Loaded,
    where: String,
    diagnostics: Diagnostics,
    *,
    unreadable: type[UnreadableFile | UnreadableTemplate] = UnreadableFile,
) -> Source | None:
    """Read a file that a ``list … lines`` or ``template … file`` names; reports ``unreadable`` when it cannot be."""
    loader = _Loader(diagnostics, dict(loaded.overlay), loaded.entry.path.parent, loaded.base)
    loader.contents, loader.unreadable = loaded.contents, unreadable
    return loader.named(where)


@dataclass(slots=True)
class _Loader:
    diagnostics: Diagnostics
    overlay: dict[Path, str]
    folder: Path
    base: Path
    contents: dict[Path, bytes] = field(default_factory=dict)
    unreadable: type[UnreadableFile | UnreadableTemplate] = UnreadableFile
    loaded: Loaded = field(init=False)

    def shown(self, path: Path) -> str:
        base = self.base.resolve()
        return path.relative_to(base).as_posix() if path.is_relative_to(base) else str(path)

    def file(self, source: Source, chain: tuple[Path, ...]) -> None:
        self.loaded.sources[source.path] = source
        for number, declaration in enumerate(build(parse(lex(source)))):
            for diagnostic in declaration.diagnostics:
                self.diagnostics.add(diagnostic)
            node = declaration.node
            if isinstance(node, Unparsed):
                self.loaded.complete = False
                self.loaded.unparsed_words |= node.words
                if node.name is not None:
                    self.loaded.unparsed_names.add(node.name)
            elif isinstance(node, LanguageNode):
                self._language(node, number)
            elif isinstance(node, UseNode):
                self._use(node, chain)
            elif node is not None:
                self.loaded.declarations.append(node)

    def _language(self, node: LanguageNode, number: int) -> None:
        if number:
            self.diagnostics.add(MisplacedVersion(node.span))
        if node.version != VERSION:
            self.diagnostics.add(UnknownVersion(node.span, node.version, VERSION))

    def _use(self, node: UseNode, chain: tuple[Path, ...]) -> None:
        path = self._locate(node.path)
        if path is None:
            self.loaded.complete = False
            return
        if path in chain:
            shown = " → ".join(self.shown(each) for each in (*chain[chain.index(path) :], path))
            self.diagnostics.add(IncludeCycle(node.path.span, shown))
        elif path in self.loaded.sources:
            self.diagnostics.add(UsedTwice(node.path.span, self.shown(path)))
        elif len(chain) > MAX_DEPTH:
            self.diagnostics.add(IncludeDepth(node.path.span, MAX_DEPTH))
        else:
            source = self.read(path, node.path.span)
            if source is None:
                self.loaded.complete = False
            else:
                self.file(source, (*chain, path))

    def named(self, where: String) -> Source | None:
        path = self._locate(where)
        return self.read(path, where.span) if path is not None else None

    def _locate(self, where: String) -> Path | None:
        """The path that is named, relative to the file that names it, within the folder of the entry."""
        try:
            path = (where.span.source.path.parent / where.value).resolve()
        except (OSError, ValueError, RuntimeError) as problem:
            self.diagnostics.add(self.unreadable(where.span, where.value, str(problem)))
            return None
        if not path.is_relative_to(self.folder):
            self.diagnostics.add(OutsideFolder(where.span, where.value, self.shown(self.folder)))
            return None
        return path

    def read(self, path: Path, where: Span) -> Source | None:
        try:
            content = (
                self.overlay[path].encode("utf-8", "surrogatepass")
                if path in self.overlay
                else _content(path)
            )
        except (OSError, ValueError) as problem:
            self.diagnostics.add(self.unreadable(where, self.shown(path), _why(problem)))
            return None
        self.contents[path] = content
        try:
            if _looks_like_utf_16(content):
                raise UnicodeDecodeError("utf-8", content, 0, 1, "UTF-16")
            return Source(path, self.shown(path), content.removeprefix(codecs.BOM_UTF8).decode("utf-8"))
        except UnicodeDecodeError as problem:
            mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
            offset = problem.start + mark
            good = content[mark:offset].decode("utf-8", "replace")
            source = Source(path, self.shown(path), good)
            where = Span(source, len(good), len(good))
            self.diagnostics.add(WrongEncoding(where, self.shown(path), offset, _encoding(content)))
            return None


def _content(path: Path) -> bytes:
    """The bytes of a regular file; devices and pipes, which may never end, are refused."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return path.read_bytes()


def _looks_like_utf_16(content: bytes) -> bool:
    """Whether many bytes at even, or at odd, offsets are zero and hardly any between: ASCII in two bytes each.

    Words, blanks and line breaks of a rules file are ASCII, however much Chinese stands between them; in UTF-8 no
    character but U+0000 has a zero in it.
    """
    start = content[:LOOKED_AT]
    fewer, more = sorted((start[::2].count(0), start[1::2].count(0)))
    return more >= 2 and more * 2 * LEAST_SHARE >= len(start) and fewer * 10 <= more


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


def _encoding(content: bytes) -> str | None:
    """Return the encoding that a file is probably in; ``None`` where it cannot be told."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_like_utf_16(content):
        return "UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK"
