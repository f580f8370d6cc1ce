"""Sets of characters as ranges of code points, and which characters a node may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from prx_dingtalk_router.regex.syntax import BracketClass, ClassKind, NamedClass, Range
from prx_dingtalk_router.regex.unicode_tables import case_variants

LAST = 0x10FFFF
_FOLDED_AT_MOST = 256
"""Characters of which the case variants are looked up for one class."""


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """A set of code points.

    Args:
        ranges: first and last code point of each range, in order, neither touching nor overlapping.
    """

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, ranges: Iterable[tuple[int, int]]) -> CharacterSet:
        """Return the set of all code points in these ranges, in any order."""
        merged: list[tuple[int, int]] = []
        for first, last in sorted(ranges):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        return cls(tuple(merged))

    @classmethod
    def of_characters(cls, characters: Iterable[str]) -> CharacterSet:
        """Return the set of these characters."""
        return cls.of((ord(character), ord(character)) for character in characters)

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)

    def __iter__(self) -> Iterator[str]:
        return (chr(point) for first, last in self.ranges for point in range(first, last + 1))

    def __or__(self, other: CharacterSet) -> CharacterSet:
        return CharacterSet.of((*self.ranges, *other.ranges))

    def complement(self) -> CharacterSet:
        """Return the set of all other code points."""
        gaps: list[tuple[int, int]] = []
        next_free = 0
        for first, last in self.ranges:
            if first > next_free:
                gaps.append((next_free, first - 1))
            next_free = last + 1
        if next_free <= LAST:
            gaps.append((next_free, LAST))
        return CharacterSet(tuple(gaps))


NOTHING = CharacterSet(())
EVERYTHING = CharacterSet(((0, LAST),))


def _ascii(*ranges: str) -> CharacterSet:
    return CharacterSet.of((ord(each[0]), ord(each[-1])) for each in ranges)


NAMED: dict[tuple[ClassKind, str], CharacterSet] = {
    (ClassKind.PERL, "d"): _ascii("09"),
    (ClassKind.PERL, "s"): _ascii("\t\n", "\f\r", " "),
    (ClassKind.PERL, "w"): _ascii("09", "AZ", "_", "az"),
    (ClassKind.POSIX, "alnum"): _ascii("09", "AZ", "az"),
    (ClassKind.POSIX, "alpha"): _ascii("AZ", "az"),
    (ClassKind.POSIX, "ascii"): _ascii("\0\x7f"),
    (ClassKind.POSIX, "blank"): _ascii("\t", " "),
    (ClassKind.POSIX, "cntrl"): _ascii("\0\x1f", "\x7f"),
    (ClassKind.POSIX, "digit"): _ascii("09"),
    (ClassKind.POSIX, "graph"): _ascii("!~"),
    (ClassKind.POSIX, "lower"): _ascii("az"),
    (ClassKind.POSIX, "print"): _ascii(" ~"),
    (ClassKind.POSIX, "punct"): _ascii("!/", ":@", "[`", "{~"),
    (ClassKind.POSIX, "space"): _ascii("\t\r", " "),
    (ClassKind.POSIX, "upper"): _ascii("AZ"),
    (ClassKind.POSIX, "word"): _ascii("09", "AZ", "_", "az"),
    (ClassKind.POSIX, "xdigit"): _ascii("09", "AF", "af"),
    (ClassKind.UNICODE, "Any"): EVERYTHING,
}
"""The classes whose characters are the same in every version of Unicode."""


def characters_of(node: NamedClass | BracketClass) -> CharacterSet | None:
    """Return the characters that a class takes, exactly; None where only RE2's tables of Unicode could say."""
    if isinstance(node, NamedClass):
        return _named(node)
    found: list[tuple[int, int]] = []
    for item in node.items:
        own = _named(item) if isinstance(item, NamedClass) else _range(item, node.ignore_case)
        if own is None:
            return None
        found += own.ranges
    result = CharacterSet.of(found)
    return result.complement() if node.negated else result


def _named(node: NamedClass) -> CharacterSet | None:
    return _known(node.kind, node.name, node.negated, node.ignore_case)


@lru_cache(maxsize=256)
def _known(kind: ClassKind, name: str, negated: bool, ignore_case: bool) -> CharacterSet | None:
    listed = NAMED.get((kind, name))
    if listed is not None and ignore_case:
        listed = _with_variants(listed)
    if listed is None:
        return None
    return listed.complement() if negated else listed


def _range(item: Range, ignore_case: bool) -> CharacterSet | None:
    own = CharacterSet(((ord(item.first), ord(item.last)),))
    return _with_variants(own) if ignore_case else own


@lru_cache(maxsize=256)
def _with_variants(characters: CharacterSet) -> CharacterSet | None:
    if characters == EVERYTHING:
        return characters
    if len(characters) > _FOLDED_AT_MOST:
        return None
    variants = (variant for character in characters for variant in case_variants(character))
    return characters | CharacterSet.of_characters(variants)
