"""Names that can hardly be told apart (language.md section 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckContext

Found = Callable[..., list[tuple[str, str]]]

END = "\notherwise drop"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("staff", "Staff"),
        ("staff", "ｓｔａｆｆ"),
        ("staff", "stаff"),
        ("ticket", "tісket"),
        ("客服A", "客服a"),
    ],
)
def test_names_that_look_alike_are_warned_about(found: Found, one: str, other: str) -> None:
    """Names that differ only by case, width or script."""
    text = f'list {one} = ["a"]\nlist {other} = ["b"]\nrule r when text in [{one}, {other}] then drop{END}'
    assert found(text) == [("look-alike-names", other)]


@pytest.mark.parametrize(
    ("one", "other", "warned"),
    [
        ("hr", "HR", True),
        ("expense", "expenses", True),
        ("it-desk", "it_desk", True),
        ("desk", "dеsk", True),
        ("hr", "hrs", False),
        ("desk-1", "desk-2", False),
        ("财务", "财务部", False),
    ],
)
def test_agents_that_look_alike_are_warned_about_once(
    found: Found, one: str, other: str, warned: bool
) -> None:
    """At the first step that names the later one; with a configuration, agents are what it says."""
    text = f"rule a when group then agent {one}\n" + "".join(
        f'rule b{n} when text is "{n}" then agent {other}\n' for n in range(3)
    )
    expected = [("look-alike-agents", other)] if warned else []
    assert found(text + f"otherwise agent {one}") == expected
    configured = CheckContext(agents=frozenset({one, other}))
    assert found(text + f"otherwise agent {one}", context=configured) == []
