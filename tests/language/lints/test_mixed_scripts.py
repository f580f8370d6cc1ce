"""Letters of scripts that look alike (language.md section 11)."""

from __future__ import annotations

from collections.abc import Callable

Found = Callable[..., list[tuple[str, str]]]


END = " then drop\notherwise drop"


def test_mixed_scripts_in_a_word_are_warned_about(found: Found) -> None:
    """A Cyrillic letter in a Latin word looks right and finds nothing."""
    assert found('rule r when text contains ["аdmin", "VPN密码", "привет", "Ωmega"]' + END) == [
        ("mixed-scripts", '"аdmin"'),
        ("mixed-scripts", '"Ωmega"'),
    ]
