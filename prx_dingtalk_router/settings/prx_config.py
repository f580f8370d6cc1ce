"""``[channels_config.dingtalk]`` out of PRX's own configuration (prx-gateway.md section 17.2)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.settings.origin import Origin
from prx_dingtalk_router.settings.refusal import RefusedError, in_file, located
from prx_dingtalk_router.settings.toml_file import read_bytes, read_toml

MANAGED = (
    "agent",
    "channels",
    "cost",
    "identity",
    "integrations",
    "memory",
    "network",
    "nodes",
    "observability",
    "routing",
    "scheduler",
    "security",
    "tools",
)
_CHANNEL = ("channels_config", "dingtalk")
_ATTEMPTS = 100
_PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class PrxChannel:
    """What PRX's files say about DingTalk, and in which file each key was written last."""

    table: dict[str, Any]
    files: dict[str, Path]


def read_prx_channel(
    config: Path, wait: Callable[[float], object] = time.sleep
) -> tuple[PrxChannel | None, list[Text]]:
    """The table ``[channels_config.dingtalk]`` that PRX itself would see.

    Args:
        config: PRX's ``config.toml``; ``config.d`` and ``.config-generation`` are looked for beside it.
        wait: called with seconds between attempts while PRX is writing.

    Returns:
        The table with the keys of all files, or ``None`` and what is wrong.
    """
    for _ in range(_ATTEMPTS):
        try:
            before = _generation(config)
            if before % 2 == 0:
                result = _read(config)
                if _generation(config) == before:
                    return result
        except RefusedError as refusal:
            return None, [in_file(config, refusal)]
        wait(_PAUSE)
    return None, [text("settings.in-file", file=config, what=text("settings.prx-busy"))]


def _read(config: Path) -> tuple[PrxChannel | None, list[Text]]:
    channel = PrxChannel({}, {})
    problems: list[Text] = []
    seen = False
    for path in [config, *_fragments(config.with_name("config.d"))]:
        try:
            table: Any = read_toml(path)
        except RefusedError as refusal:
            problems.append(in_file(path, refusal))
            continue
        for depth, part in enumerate(_CHANNEL, 1):
            table = table.get(part)
            if table is None:
                break
            if not isinstance(table, dict):
                what = text("settings.not-a-table", table=".".join(_CHANNEL[:depth]))
                problems.append(located(Origin(path).place_of(_CHANNEL[:depth]), _CHANNEL[:depth], what))
                break
        else:
            seen = True
            # The values that matter here are no tables, so the later file simply wins.
            channel.table.update(table)
            channel.files.update(dict.fromkeys(table, path))
    if not problems and not seen:
        problems.append(text("settings.in-file", file=config, what=text("settings.prx-no-channel")))
    return (None if problems else channel), problems


def _fragments(folder: Path) -> list[Path]:
    if folder.is_symlink():
        raise RefusedError("settings.prx-symlink", path=folder)
    managed = [folder / f"{name}.toml" for name in MANAGED]
    for path in managed:
        if path.is_symlink():
            raise RefusedError("settings.prx-symlink", path=path)
    return sorted((path for path in managed if path.is_file()), key=lambda path: os.fsencode(path.name))


def _generation(config: Path) -> int:
    path = config.with_name(".config-generation")
    if not path.exists():
        return 0
    written = read_bytes(path, 64).strip()
    if not written:
        # Seen between truncation and writing: as good as odd.
        return 1
    if not written.isdigit():
        raise RefusedError("settings.prx-generation", path=path)
    return int(written)
