"""What is wrong with a comment that asks for warnings not to be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.diagnostics.ignored_error import IgnoredError
from prx_dingtalk_router.language.diagnostics.incomplete_ignore import IncompleteIgnore
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic, find_diagnostic
from prx_dingtalk_router.language.diagnostics.unknown_ignored_code import UnknownIgnoredCode
from prx_dingtalk_router.language.diagnostics.unused_ignore import UnusedIgnore
from prx_dingtalk_router.language.source import Place, Source
from prx_dingtalk_router.language.suppressions.comment import Suppression

ALIKE_CODES = 0.8
"""How alike two codes are of which one may be meant by the other: five characters of six."""


def findings(
    source: Source, suppression: Suppression, unsought: Collection[str] | None
) -> Iterator[Diagnostic]:
    """Give what is wrong with a comment.

    Args:
        source: the file that it stands in.
        suppression: the comment.
        unsought: codes that this check did not look for; ``None`` where it did not look for everything else either.
    """
    if suppression.verb != "ignore" or not suppression.words:
        yield IncompleteIgnore(suppression.place)
        return
    kinds = {word: find_diagnostic(word) for word, _ in suppression.words}
    unused: list[str] = []
    for word, place in suppression.words:
        kind = kinds[word]
        if kind is None:
            yield UnknownIgnoredCode(place, word, _meant(word))
        elif kind.severity == "error":
            yield IgnoredError(place, kind.code, *_without(source, suppression, {word}))
        elif kind.code not in suppression.used and unsought is not None and kind.code not in unsought:
            unused.append(word)
    if unused:
        yield UnusedIgnore(
            suppression.place, "、".join(dict.fromkeys(unused)), *_without(source, suppression, unused)
        )


def _meant(word: str) -> str | None:
    """Return the code or name that a word nearly is."""
    kinds = [kind for kind in every_diagnostic().values() if kind.severity != "error"]
    codes = get_close_matches(word.upper(), [kind.code for kind in kinds], 1, ALIKE_CODES)
    names = get_close_matches(word.lower(), [kind.name for kind in kinds], 1)
    return next(iter(codes or names), None)


def _without(source: Source, suppression: Suppression, words: Collection[str]) -> tuple[Place, str]:
    """Return what to replace, and by what, so that the comment no longer names some words; all of it if none is left."""
    left = [word for word, _ in suppression.words if word not in words]
    place = suppression.place
    if left:
        begin, end = suppression.words[0][1].start, suppression.words[-1][1].end
        return Place(begin, end, place.file), ", ".join(left)
    text = source.text
    begin = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    end = len(text) if end < 0 else end
    behind = text[place.end : end]
    if behind.strip():
        return Place(place.start, end - len(behind.lstrip(" \t")), place.file), ""
    if not text[begin : place.start].strip():
        return Place(begin, min(len(text), end + 1), place.file), ""
    return Place(len(text[: place.start].rstrip(" \t")), place.end, place.file), ""
