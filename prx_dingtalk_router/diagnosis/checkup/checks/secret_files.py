"""Who else can read the secrets: files of the configuration that hold one, files that it names, and the journal."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.settings import Settings
from prx_dingtalk_router.settings.origin import Origin
from prx_dingtalk_router.settings.placeholders import named_file

_NAME = "secret-files"
_SECRETS = frozenset({"client_secret", "token", "signing_secret", "webhook_token", "proxy"})


async def check_secret_files(installation: Installation) -> Sequence[Finding]:
    """Look for secrets in files that others than their owner can read."""
    if os.name == "nt":
        return [found("skipped", _NAME, "windows")]
    settings = installation.settings
    open_files: dict[Path, str] = {}
    for key, path in _kept(settings):
        if _others_read(path):
            open_files.setdefault(path, key)
    if not open_files:
        return [found("ok", _NAME, "ok")]
    return [
        found("failed", _NAME, "readable", path=str(path), key=key, mode=f"{_mode(path):o}")
        for path, key in open_files.items()
    ]


def _kept(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Each secret, and the file that it is in."""
    for path, origin in settings.origins.items():
        if path[-1] in _SECRETS and origin.file is not None:
            for file in _files(origin, origin.file):
                yield ".".join(path), file
    if settings.journal.path is not None:
        yield "journal", settings.journal.path


def _files(origin: Origin, written_in: Path) -> Iterator[Path]:
    if not origin.placeholders:
        yield written_in
    for placeholder in origin.placeholders:
        name = named_file(placeholder)
        if name is not None:
            yield written_in.parent / name


def _others_read(path: Path) -> bool:
    try:
        return bool(_mode(path) & 0o077)
    except OSError:
        return False  # not there yet, or not ours to see: others tell so


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
