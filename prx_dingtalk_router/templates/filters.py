"""The six filters: what they do, within bounds, and which arguments they take (language.md section 10).

They behave as in Jinja2, but ``default`` also stands in for an empty value, because no value is ever missing here,
and what comes of a person's text stays a person's text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from prx_dingtalk_router.templates.person import PersonText

MAXIMUM_VALUE = 200_000
"""Characters that a filter may build on the way to an output of at most 20,000."""

TRUNCATION_MARK = "..."
_TRUNCATION_LEEWAY = 5


class ValueTooLarge(Exception):  # noqa: N818 - says what happened; never leaves this part
    """A filter would have built more than ``MAXIMUM_VALUE`` characters."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a filter: its name, the kind of constant it takes, and whether it may be left out."""

    name: str
    kind: type[str | int | bool]
    required: bool = False
    any_value: bool = False
    """Whether a name or another expression may stand there too."""


def default(value: object, default_value: object = "", boolean: bool = False) -> object:
    """``value``, or ``default_value`` when it is empty."""
    return default_value if value == "" or (boolean and not value) else value


def upper(value: object) -> str:
    """Return a value in capital letters."""
    return _like(value, str(value).upper())


def lower(value: object) -> str:
    """Return a value in small letters."""
    return _like(value, str(value).lower())


def trim(value: object, chars: str | None = None) -> str:
    """Without blanks, or without ``chars``, at both ends."""
    return _like(value, str.strip(str(value), chars))


def truncate(
    value: object,
    length: int = 255,
    killwords: bool = False,
    end: str = TRUNCATION_MARK,
    leeway: int = _TRUNCATION_LEEWAY,
) -> str:
    """Return the first ``length`` characters, ``end`` among them; a text that is longer by ``leeway`` at most stays whole."""
    text = str(value)
    if len(text) <= length + leeway:
        return _like(value, text)
    kept = str.__getitem__(text, slice(0, length - len(end)))
    if not killwords:
        kept = kept.rsplit(" ", 1)[0]
    return _like(value, kept + end)


def replace(value: object, old: str, new: str, count: int | None = None) -> str:
    """With every ``old`` (the first ``count``) turned into ``new``.

    Raises:
        ValueTooLarge: the result would be too large; it is not built.
    """
    text = str(value)
    times = text.count(old) if count is None else min(text.count(old), count)
    if len(text) + times * (len(new) - len(old)) > MAXIMUM_VALUE:
        raise ValueTooLarge
    return _like(value, str.replace(text, old, new, times))


def _like(value: object, text: str) -> str:
    return value.alike(text) if isinstance(value, PersonText) else text


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "default": default,
        "upper": upper,
        "lower": lower,
        "trim": trim,
        "truncate": truncate,
        "replace": replace,
    }
)

PARAMETERS: Mapping[str, tuple[Parameter, ...]] = MappingProxyType(
    {
        "default": (Parameter("default_value", str, any_value=True), Parameter("boolean", bool)),
        "upper": (),
        "lower": (),
        "trim": (Parameter("chars", str),),
        "truncate": (
            Parameter("length", int),
            Parameter("killwords", bool),
            Parameter("end", str),
            Parameter("leeway", int),
        ),
        "replace": (
            Parameter("old", str, required=True),
            Parameter("new", str, required=True),
            Parameter("count", int),
        ),
    }
)
