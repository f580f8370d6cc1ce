"""Sentences for people: a key and its parameters now, Chinese or English when shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Literal

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence of the catalogue in both languages, with the same ``{fields}`` in each."""

    zh: str
    en: str

    def template(self, language: Language) -> str:
        """The unformatted sentence in ``language``."""
        return self.zh if language == "zh" else self.en

    def fields(self) -> frozenset[str]:
        """The names in braces."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.en) if name)


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence that is not worded yet: an entry, wherever it is kept, and what its fields are filled with.

    A parameter may be a ``Text`` or ``Wording`` itself; a list or tuple is joined in the manner of the language.
    """

    entry: Entry
    params: Mapping[str, object] = field(default_factory=dict)

    def render(self, language: Language | None = None) -> str:
        """The sentence in ``language``, or in the language of this process (see ``use_language``)."""
        chosen = language or current_language()
        filled = {name: _worded(value, chosen) for name, value in self.params.items()}
        return self.entry.template(chosen).format_map(filled)

    def __str__(self) -> str:
        return self.render()


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence that is not worded yet: a catalogue key and what its fields are filled with.

    Its parameters are those of a ``Wording``.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=dict)

    def render(self, language: Language | None = None) -> str:
        """The sentence in ``language``, or in the language of this process (see ``use_language``)."""
        from prx_dingtalk_router.catalogue.messages import MESSAGES

        return Wording(MESSAGES[self.key], self.params).render(language)

    def __str__(self) -> str:
        return self.render()


def text(key: str, /, **params: object) -> Text:
    """Short form of ``Text(key, params)``."""
    return Text(key, params)


def _worded(value: object, language: Language) -> object:
    if isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (Text, Wording)):
        return value.render(language)
    if isinstance(value, Iterable) and not isinstance(value, (bytes, Mapping)):
        return ("、" if language == "zh" else ", ").join(str(_worded(item, language)) for item in value)
    return value


_language: list[Language] = ["en"]


def use_language(language: Language) -> None:
    """Set the language in which this process words what people read; commands call it once at start."""
    _language[0] = language


def current_language() -> Language:
    """The language set last by ``use_language``; English before that."""
    return _language[0]
