"""The published table of keywords (language.md section 2): every word that no declaration may be named by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prx_dingtalk_router.message import FIELDS

OPENERS = frozenset("language use list pattern hours condition template rule otherwise denied test".split())
"""Words that open a declaration; none of them can stand inside one, so a file is cut at them."""

DECLARATION_WORDS = frozenset("lines calendar file when then else shadow".split())
CONDITION_WORDS = frozenset(
    "and or not always is in empty contains all word starts ends with matches during of senders conversations messages".split()
)
FIELD_WORDS = frozenset(name for name in FIELDS if "." not in name)
HOURS_WORDS = frozenset("mon tue wed thu fri sat sun daily workdays holidays".split())
STEP_WORDS = frozenset(
    "agent timeout session per message reply markdown mention forget cancel next drop at most while progress none".split()
)
TEST_WORDS = frozenset("given expect from named quoting by default refused".split())

RESERVED = frozenset(
    "any allow deny every each for if unless else-if elif end set let const import export as true false null "
    "card image forward transfer notify wait retry random limit before after between today now week month year "
    "priority tag label include macro function return".split()
)
"""Kept for later versions of the language."""

KEYWORDS = (
    OPENERS
    | DECLARATION_WORDS
    | CONDITION_WORDS
    | FIELD_WORDS
    | HOURS_WORDS
    | STEP_WORDS
    | TEST_WORDS
    | RESERVED
)

PHRASES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "WHILE": frozenset({"busy"}),
        "BUSY": frozenset({"queue", "replace", "merge"}),
        "PROGRESS": frozenset({"reaction"}),
    }
)
"""Words that are keywords behind another one only, by the kind of that one; anywhere else they are names like any other."""

WORDS_WITHIN_TESTS = frozenset("again times told failure".split())
"""Words that are keywords within ``test`` only, and even there names behind one of ``BEFORE_NAMES``."""
BEFORE_NAMES = frozenset({"AGENT", "BY", "SHADOW", "MENTION", "LSQB", "COMMA"})
"""The kinds of token behind which a test names an agent, a rule or a list."""

PHRASE_WORDS = WORDS_WITHIN_TESTS.union(*PHRASES.values())

PHRASE_TYPES: Mapping[str, str] = MappingProxyType(
    {word: "TIMES_OVER" if word == "times" else word.upper() for word in PHRASE_WORDS}
)
"""The kind of token that each of them is; ``TIMES`` are times of the day."""
