"""Which files a configuration is made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prx_dingtalk_router.settings.model import Settings
from prx_dingtalk_router.settings.placeholders import named_file
from prx_dingtalk_router.settings.prx_config import MANAGED


def files_of(settings: Settings) -> tuple[Path, ...]:
    """Return all files that the values come from, also those that are not there: one may appear.

    They are the configuration itself, PRX's own file with its ``config.d``, and the files that ``${file:PATH}`` names.
    """
    return tuple(dict.fromkeys(_files(settings)))


def _files(settings: Settings) -> Iterator[Path]:
    yield settings.source
    prx = settings.prx.config
    if prx is not None:
        yield prx
        yield from (prx.with_name("config.d") / f"{name}.toml" for name in MANAGED)
    for origin in settings.origins.values():
        for placeholder in origin.placeholders:
            name = named_file(placeholder)
            if name is not None:
                yield settings.source.parent / name
