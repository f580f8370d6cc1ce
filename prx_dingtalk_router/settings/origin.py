"""Where a setting came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.settings.key_lines import line_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value of one key was written.

    Attributes:
        file: the file it is written in; ``None`` for a variable of the environment.
        variable: the ``PRX_ROUTER_…`` variable that overrides it; ``None`` for a file.
        placeholders: the ``${…}`` in it as written, in order; empty where the value itself is written.
    """

    file: Path | None = None
    variable: str | None = None
    placeholders: tuple[str, ...] = ()

    def where(self) -> Text:
        """The place as a part of a sentence."""
        if self.variable is not None:
            return text("settings.where-variable", variable=self.variable)
        return text("settings.where-file", file=self.file)

    def place_of(self, path: Sequence[str]) -> Text:
        """The place of a key as a part of a sentence: with its line, or that of the table that lacks it, where that can be told."""
        line = line_of(self.file, path) if self.file is not None else None
        return self.where() if line is None else text("settings.where-line", file=self.file, line=line)

    def described(self) -> Text:
        """The place, and the placeholders that the value is filled from."""
        if self.placeholders:
            return text("settings.where-placeholders", where=self.where(), placeholders=self.placeholders)
        return self.where()
