"""Text that a person chose: it is shown, never obeyed."""

from __future__ import annotations


class PersonText(str):
    """A value that comes from a person: text, quoted text, names, titles, captures.

    The mark stays on it through the filters and inline conditions of a template, so that what is shown of it can be
    escaped for its audience.
    """

    __slots__ = ()

    def __str__(self) -> str:
        # Templates turn every value into `str` before it is put out; the mark has to outlive that.
        return self

    def alike(self, text: str) -> PersonText:
        """Return ``text`` with the same mark, for what a filter made of this value."""
        return PersonText(text)
