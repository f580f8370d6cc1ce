"""Durations such as ``10m``: a whole number and a unit, kept as seconds."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from prx_dingtalk_router.calendar import durations
from prx_dingtalk_router.settings.refusal import RefusedError

_LONGEST = 3650 * 86400.0


def parse_duration(written: object) -> float:
    """Seconds of ``written``, as in language.md section 2: a whole number and ``ms s m h d``.

    Args:
        written: a string such as ``"500ms"`` or ``"2h"``.

    Returns:
        The seconds, above 0 and at most ten years.

    Raises:
        RefusedError: anything else.
    """
    seconds = durations.parse_duration(written) if isinstance(written, str) else None
    if seconds is None:
        raise RefusedError("settings.duration-form")
    if seconds == 0:
        raise RefusedError("settings.duration-zero")
    if seconds > _LONGEST:
        raise RefusedError("settings.duration-too-long")
    return seconds


def parse_optional_duration(written: object) -> float | None:
    """Like ``parse_duration``, but the empty string means never and gives ``None``."""
    return None if written in ("", None) else parse_duration(written)


def _duration(written: object, info: ValidationInfo) -> float:
    return _given_in_code(written, info) or parse_duration(written)


def _optional_duration(written: object, info: ValidationInfo) -> float | None:
    return _given_in_code(written, info) or parse_optional_duration(written)


def _given_in_code(written: object, info: ValidationInfo) -> float | None:
    """Seconds that code made a model with; a configuration, which alone comes with a context, has units."""
    return (
        written if info.context is None and isinstance(written, float) and 0 < written <= _LONGEST else None
    )


Duration = Annotated[float, BeforeValidator(_duration)]
OptionalDuration = Annotated[float | None, BeforeValidator(_optional_duration)]
