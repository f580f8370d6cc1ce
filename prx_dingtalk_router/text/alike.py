"""The piece of a text that is nearly a literal: split by blanks, another case, a slip, or a character that sounds the same."""

from __future__ import annotations

from prx_dingtalk_router.text.folding import is_cjk

LONGEST_TEXT = 400
"""Of longer texts the beginning is looked through."""
LONGEST_LITERAL = 40
LEAST_FOR_A_SLIP = 4
"""Words of so many letters may be one letter off; of Chinese ones, ``LEAST_CHINESE``."""
LEAST_CHINESE = 3


def alike_stretch(literal: str, text: str) -> str | None:
    """Return the first piece of a text that is nearly a literal which the text does not hold, or ``None``.

    Args:
        literal: in the form in which it is compared.
        text: in the same form.
    """
    text = text[:LONGEST_TEXT]
    if not 2 <= len(literal) <= LONGEST_LITERAL or not text:
        return None
    return _of_another_case(literal, text) or _with_blanks(literal, text) or _with_a_slip(literal, text)


def _of_another_case(literal: str, text: str) -> str | None:
    at = text.casefold().find(literal.casefold())
    stretch = text[at : at + len(literal)] if at >= 0 else ""
    return stretch if stretch.casefold() == literal.casefold() else None


def _with_blanks(literal: str, text: str) -> str | None:
    """Return the piece that is the literal but for the blanks within either."""
    places = [at for at, character in enumerate(text) if character != " "]
    wanted = literal.replace(" ", "")
    if len(places) == len(text) and wanted == literal:
        return None
    at = "".join(text[each] for each in places).find(wanted)
    if at < 0 or len(wanted) < 2:
        return None
    return text[places[at] : places[at + len(wanted) - 1] + 1]


def _with_a_slip(literal: str, text: str) -> str | None:
    """Return the piece that is one character off, where that is a slip for certain."""
    characters = set(literal)
    if len(characters & set(text)) < len(characters) - 1:
        return None
    is_chinese = any(map(is_cjk, literal))
    long_enough = len(literal) >= (LEAST_CHINESE if is_chinese else LEAST_FOR_A_SLIP)
    for start in range(len(text)):
        same_length = text[start : start + len(literal)]
        if len(same_length) == len(literal):
            off = [at for at, (a, b) in enumerate(zip(literal, same_length, strict=True)) if a != b]
            if len(off) == 1 and (
                (long_enough and not _is_number(literal[off[0]], same_length[off[0]]))
                or sounds_alike(literal, same_length)
            ):
                return same_length
            if len(off) == 2 and long_enough and _is_swapped(literal, same_length, *off):
                return same_length
        if long_enough:
            for length in (len(literal) - 1, len(literal) + 1):
                stretch = text[start : start + length]
                if len(stretch) == length and _is_one_more(*sorted((literal, stretch), key=len)):
                    return stretch
    return None


def sounds_alike(one: str, other: str) -> bool:
    """Return whether two Chinese words of one length are read the same."""
    if not all(map(is_cjk, one + other)):
        return False
    from prx_dingtalk_router.text.pinyin import Spellings

    return Spellings((other,)).same(one) == other


def _is_number(one: str, other: str) -> bool:
    """Return whether a number is another one: things that are numbered are different things."""
    return one.isdecimal() or other.isdecimal()


def _is_swapped(one: str, other: str, first: int, second: int) -> bool:
    return second == first + 1 and (one[first], one[second]) == (other[second], other[first])


def _is_one_more(shorter: str, longer: str) -> bool:
    """Return whether one character in the middle of the longer is all that is too much; at its ends that says nothing."""
    return any(
        not longer[at].isdecimal() and longer[:at] + longer[at + 1 :] == shorter
        for at in range(1, len(longer) - 1)
    )
