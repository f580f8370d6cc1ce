"""Which configuration file a command works with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILE_NAME = "prx-router.toml"
CONFIG_VARIABLE = "PRX_ROUTER_CONFIG"


def find_settings(
    explicit: Path | None, environ: Mapping[str, str], cwd: Path, near: Path | None = None
) -> Path | None:
    """Return the configuration file that a command works with (interfaces.md section 1).

    Args:
        explicit: what ``--config`` says; whether it exists is for ``load_settings`` to tell.
        environ: the environment, for ``PRX_ROUTER_CONFIG``.
        cwd: the current folder, which names are relative to.
        near: the folder to look in first; ``cwd`` by default.

    Returns:
        ``explicit``, else what ``PRX_ROUTER_CONFIG`` names, else ``prx-router.toml`` in ``near`` or the
        nearest parent that has one, else ``None``.
    """
    named = explicit or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    if named is not None:
        return cwd / named
    start = (near or cwd).absolute()
    return next(
        (folder / FILE_NAME for folder in (start, *start.parents) if _exists(folder / FILE_NAME)), None
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
