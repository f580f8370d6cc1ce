"""Where a setting came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from prx_dingtalk_router.catalogue import Text, text


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

    def described(self) -> Text:
        """The place, and the placeholders that the value is filled from."""
        if self.placeholders:
            return text("settings.where-placeholders", where=self.where(), placeholders=self.placeholders)
        return self.where()
