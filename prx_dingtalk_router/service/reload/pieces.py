"""A set on its way from the helper process: in pieces, so that taking it over never holds the event loop for long."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, replace

from msgspec.structs import replace as replaced

from prx_dingtalk_router.language.ruleset import Rule, Test
from prx_dingtalk_router.service.pauses import Pauses
from prx_dingtalk_router.service.reload.build import Built, NotBuilt
from prx_dingtalk_router.service.reload.garbage import without_collections

PIECE = 25
"""So many rules, or tests, are handed over at a time."""


@dataclass(frozen=True, slots=True)
class Defect:
    """A build failed by a defect of this program: its traceback."""

    trace: str


Outcome = Built | NotBuilt | Defect


def in_pieces(outcome: Outcome) -> bytes:
    """Return what came of a build as pickles that follow each other and share what its parts share."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, protocol=pickle.HIGHEST_PROTOCOL)
    if not isinstance(outcome, Built):
        pickler.dump(outcome)
        return written.getvalue()
    rules = outcome.rules
    pickler.dump(replace(outcome, rules=replaced(rules, rules=(), tests=())))
    for at in range(0, len(rules.rules), PIECE):
        pickler.dump(rules.rules[at : at + PIECE])
    for at in range(0, len(rules.tests), PIECE):
        pickler.dump(rules.tests[at : at + PIECE])
    pickler.dump(())
    return written.getvalue()


async def from_pieces(written: bytes) -> Outcome:
    """Return what ``in_pieces`` was given, with pauses in which everything else goes on."""
    # What this process wrote itself, in another: nothing of it comes from outside.
    unpickler = pickle.Unpickler(io.BytesIO(written))  # noqa: S301
    with without_collections():
        outcome: Outcome = unpickler.load()
        if not isinstance(outcome, Built):
            return outcome
        parts: list[Rule | Test] = []
        pauses = Pauses()
        while piece := unpickler.load():
            parts.extend(piece)
            if pauses.due:
                await pauses.pause()
                pauses = Pauses()
    rules = tuple(part for part in parts if isinstance(part, Rule))
    tests = tuple(part for part in parts if isinstance(part, Test))
    return replace(outcome, rules=replaced(outcome.rules, rules=rules, tests=tests))
