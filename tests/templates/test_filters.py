"""The six filters, held against Jinja2's own where they promise the same."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.templates import PersonText
from prx_dingtalk_router.templates.filters import (
    FILTERS,
    MAXIMUM_VALUE,
    ValueTooLarge,
    default,
    replace,
    truncate,
)

JINJA = jinja2.Environment(autoescape=False)  # noqa: S701 - only its filters are asked
text = st.text(alphabet="ab 重置。", max_size=30)


@given(text, st.integers(3, 30), st.booleans(), st.integers(0, 5))
def test_truncate_is_jinjas(value: str, length: int, killwords: bool, leeway: int) -> None:
    """A text is shortened as Jinja2 does it."""
    assert truncate(value, length, killwords, "...", leeway) == JINJA.filters["truncate"](
        JINJA, value, length, killwords, "...", leeway
    )


@given(text, st.text(alphabet="ab 重", min_size=1, max_size=2), text, st.none() | st.integers(0, 3))
def test_replace_is_jinjas(value: str, old: str, new: str, count: int | None) -> None:
    """A text is replaced as Jinja2 does it."""
    assert replace(value, old, new, count) == JINJA.from_string("{{ v | replace(o, n, c) }}").render(
        v=value, o=old, n=new, c=count
    )


@pytest.mark.parametrize("name", ["upper", "lower", "trim"])
def test_plain_filters_are_jinjas(name: str) -> None:
    """Case and blanks change as in Jinja2."""
    for value in ("  aB重ß ", "", "ǅ"):
        assert FILTERS[name](value) == JINJA.from_string("{{ v | " + name + " }}").render(v=value)


def test_default_stands_in_for_nothing() -> None:
    """Every name has a value here, so what is empty counts as missing."""
    assert default("", "x") == "x"
    assert default("a", "x") == "a"
    assert default(False, "x") is False
    assert default(False, "x", True) == "x"


@pytest.mark.parametrize(
    "made",
    [
        f(PersonText(" aB "))
        for f in (
            FILTERS["upper"],
            FILTERS["lower"],
            FILTERS["trim"],
            FILTERS["truncate"],
            FILTERS["default"],
        )
    ],
)
def test_a_persons_text_stays_one(made: object) -> None:
    """Filters keep the mark of what a person wrote."""
    assert isinstance(made, PersonText)
    assert isinstance(replace(PersonText("aa"), "a", "b"), PersonText)
    assert isinstance(default("", PersonText("x")), PersonText)


def test_replace_does_not_build_what_is_too_large() -> None:
    """A replacement that would explode is refused before it is built."""
    with pytest.raises(ValueTooLarge):
        replace("a" * 20_000, "a", "b" * 1_000_000)
    assert len(replace("a" * 1_000, "a", "b" * (MAXIMUM_VALUE // 1_000))) == MAXIMUM_VALUE
