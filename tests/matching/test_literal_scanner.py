"""Many literals in one text."""

from __future__ import annotations

import pickle

import pytest

from prx_dingtalk_router.matching.literal_scanner import MOST_AS_TABLE, LiteralScanner


@pytest.mark.parametrize("count", [3, MOST_AS_TABLE + 1])
def test_every_occurrence_is_found_by_code_points(count: int) -> None:
    """Overlapping ones too, in a small automaton and in a large one, and after a journey."""
    scanner = LiteralScanner(["b", "ab中", *(f"x{number}" for number in range(count))])
    for each in (scanner, pickle.loads(pickle.dumps(scanner))):  # noqa: S301
        assert sorted(each.occurrences("😀ab中b")) == [(0, 2, 3), (0, 4, 5), (1, 1, 4)]
        assert each.occurrences("") == []


def test_half_a_character_is_taken_for_a_replacement() -> None:
    """What is held is found; the places stay as they are."""
    scanner = LiteralScanner(["a\ud800", "b"])
    assert sorted(scanner.occurrences("x\udfffa\ud800b")) == [(0, 2, 4), (1, 4, 5)]
