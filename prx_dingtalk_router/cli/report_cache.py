"""What was found in a set the last time, while nothing that it depends on has changed.

A report depends on the files that were looked at, by content and by where their names led; on the configuration, as far as the
checker sees it; on the day; on this program and what it works with; on the language that it is worded in; and on the folder that
file names are relative to. All of that is in the name of an entry or checked again before it is believed.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import msgspec

from prx_dingtalk_router.catalogue import current_language
from prx_dingtalk_router.cli.cache_folder import CacheFolder
from prx_dingtalk_router.cli.program_stamp import program_stamp
from prx_dingtalk_router.cli.recorded_diagnostic import StoredDiagnostic, restored, stored
from prx_dingtalk_router.language import CheckContext, FreshReport, Report, Source
from prx_dingtalk_router.language.encoding import decode
from prx_dingtalk_router.language.files import MAX_BYTES, read_content


class _StoredFile(msgspec.Struct, array_like=True, frozen=True):
    """A file that was looked at; ``rules`` says whether it holds rules."""

    path: str
    name: str
    digest: bytes
    rules: bool


class _StoredReport(msgspec.Struct, array_like=True, frozen=True):
    """A report, with everything that it depends on and that its name does not say."""

    key: str
    links: list[tuple[str, str]]
    files: list[_StoredFile]
    rule_count: int
    diagnostics: list[StoredDiagnostic]


class ReportCache:
    """Knows reports of earlier runs.

    Args:
        folder: where they are kept.
    """

    def __init__(self, folder: CacheFolder) -> None:
        self._folder = folder

    def recall(self, entry: Path, context: CheckContext) -> Report | None:
        """Return the report of a set if nothing has changed; see ``remember``."""
        key = _key(entry, context)
        payload = self._folder.get(key)
        if payload is None:
            return None
        try:
            found = msgspec.msgpack.decode(payload, type=_StoredReport)
            return _restored(found) if found.key == key else None
        except (msgspec.MsgspecError, ValueError, LookupError, OSError, RuntimeError):
            return None

    def remember(self, entry: Path, context: CheckContext, result: FreshReport) -> None:
        """Keep the report of a set, if all its files could be read.

        Args:
            entry: its entry file, without links.
            context: what it was checked against; it names the day.
            result: of the check.
        """
        key = _key(entry, context)
        report = _stored(key, result)
        if report is None:
            return
        try:
            self._folder.put(key, msgspec.msgpack.encode(report))
        except ValueError:  # a path that is no text
            return


def of_today(context: CheckContext) -> CheckContext:
    """Return the same with the day that it means now, so that midnight cannot fall between asking and checking."""
    return replace(context, today=context.current_date())


def _key(entry: Path, context: CheckContext) -> str:
    parts = (program_stamp(), current_language(), str(entry), str(Path.cwd()), *context.identity())
    digest = hashlib.sha256()
    for part in parts:
        written = repr(part).encode("utf-8", "backslashreplace")
        digest.update(f"{len(written)}:".encode() + written)
    return digest.hexdigest()


def _stored(key: str, result: FreshReport) -> _StoredReport | None:
    rules = {source.name for source in result.files}
    files: list[_StoredFile] = []
    numbers: dict[str, int] = {}
    sources = {source.path: source for source in result.sources}
    for path, content in result.looked_at.items():
        source = sources.get(path)
        if content is None or source is None or len(content) > MAX_BYTES or decode(content) != source.text:
            return None
        numbers[source.name] = len(files)
        digest = hashlib.sha256(content).digest()
        files.append(_StoredFile(str(path), source.name, digest, source.name in rules))
    if len(numbers) != len(sources) or None in result.links.values():
        return None
    if [each.name for each in files if each.rules] != [source.name for source in result.files]:
        return None
    links = [(str(path), str(target)) for path, target in result.links.items() if target is not None]
    diagnostics = [stored(each, numbers) for each in result.diagnostics]
    return _StoredReport(key, links, files, result.rule_count, diagnostics)


def _restored(report: _StoredReport) -> Report | None:
    links = {Path(path): Path(target) for path, target in report.links}
    if any(path.resolve() != target for path, target in links.items()):
        return None
    contents: dict[Path, bytes | None] = {}
    sources: list[Source] = []
    for file in report.files:
        path = Path(file.path)
        content = read_content(path)
        if path.resolve() != path or hashlib.sha256(content).digest() != file.digest:
            return None
        text = decode(content)
        if not isinstance(text, str):
            return None
        contents[path] = content
        sources.append(Source(path, file.name, text))
    return Report(
        diagnostics=tuple(restored(each, sources) for each in report.diagnostics),
        files=tuple(source for source, file in zip(sources, report.files, strict=True) if file.rules),
        rule_count=report.rule_count,
        looked_at=contents,
        links=links,
    )
