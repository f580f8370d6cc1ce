"""The order of names after those that they refer to, and the circles that keep them from having one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.resolve.dependencies import dependency_order

NAMES = st.sampled_from("abcdefg")
REFERENCES = st.dictionaries(NAMES, st.lists(NAMES, max_size=4), max_size=7)


@given(REFERENCES)
def test_each_name_comes_once_and_after_what_it_refers_to(references: dict[str, list[str]]) -> None:
    """Unless the reference closes a circle; names that are not declared are nobody's."""
    order = dependency_order(references)
    assert sorted(order.names) == sorted(references)
    place = {name: at for at, name in enumerate(order.names)}
    for home, names in references.items():
        for name in names:
            if name in references and (home, name) not in order.circles:
                assert place[name] < place[home]


@given(REFERENCES)
def test_a_circle_is_one(references: dict[str, list[str]]) -> None:
    """Each link of a circle is a reference, it ends where it begins, and it closes with the one it is told for."""
    for (home, name), links in dependency_order(references).circles.items():
        assert (links[0], links[-2], links[-1]) == (name, home, name)
        assert all(after in references[before] for before, after in pairwise(links))


def test_a_circle_is_shown_as_it_goes() -> None:
    """A short one in full, a long one by its ends; a use from outside closes none."""
    order = dependency_order({"a": ["b"], "b": ["c"], "c": ["a"]})
    assert order.circle("c", "a") == "a → b → c → a"
    assert order.circle("a", "b") is None
    assert order.circle(None, "a") is None
    long = dependency_order({str(n): [str((n + 1) % 20)] for n in range(20)})
    assert long.circle("19", "0") == "0 → 1 → 2 → 3 → … → 17 → 18 → 19 → 0"


def test_a_long_chain_is_no_deeper_than_a_short_one() -> None:
    """Ten thousand names that refer each to the next."""
    order = dependency_order({str(n): [str(n + 1)] for n in range(10_000)})
    assert order.names[0] == "9999"
    assert order.names[-1] == "0"
