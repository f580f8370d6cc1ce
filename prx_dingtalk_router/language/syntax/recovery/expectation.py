"""What may stand at a place, in words."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.language.syntax.keywords import FIELD_WORDS, KEYWORDS, PHRASE_TYPES
from prx_dingtalk_router.language.syntax.recovery.comparison import OPERATOR_TYPES
from prx_dingtalk_router.language.syntax.recovery.days import DAY_TYPES

WORD_TYPES = {word.upper(): word for word in KEYWORDS} | {kind: word for word, kind in PHRASE_TYPES.items()}
SIGNS = {"EQUAL": "=", "COMMA": ",", "LPAR": "(", "RPAR": ")", "LSQB": "[", "RSQB": "]", "DOTS": ".."}
STEP_TYPES = frozenset({"AGENT", "REPLY", "DROP", "FORGET", "CANCEL", "NEXT"})
SUMMARIES: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "condition",
        frozenset({"ALWAYS", "PRIVATE", "DURING", "PERCENT", "DOTTED_FIELD", "SENDER", "NAME", "TEXT"}),
    ),
    ("step", STEP_TYPES),
    ("operator", OPERATOR_TYPES),
    ("days", DAY_TYPES),
    ("value", frozenset({"STRING", "REGEX", "NAME", "LSQB"})),
    ("template", frozenset({"STRING", "TEXT_BLOCK", "NAME"})),
)
"""Kinds of things, and the tokens that only together stand for one of them."""

MEMBERS: dict[str, frozenset[str]] = {
    "condition": frozenset(
        {*map(str.upper, FIELD_WORDS), *"ALWAYS DURING PERCENT DOTTED_FIELD NAME NOT LPAR".split()}
    ),
    "operator": OPERATOR_TYPES | {"NOT"},
}


def in_words(expected: frozenset[str]) -> tuple[Text | str, ...]:
    """Say what may stand somewhere, the general before the particular, in a fixed order."""
    left = set(expected)
    words: list[Text | str] = []
    for key, needed in SUMMARIES:
        if needed <= left:
            words.append(text(f"language.token.{key}"))
            left -= needed | MEMBERS.get(key, frozenset())
    for kind in sorted(left - {"$END"}, key=lambda k: (k not in WORD_TYPES, k)):
        if kind in WORD_TYPES:
            words.append(f"`{WORD_TYPES[kind]}`")
        elif kind in SIGNS:
            words.append(f"`{SIGNS[kind]}`")
        elif f"language.token.{kind}" in MESSAGES:
            words.append(text(f"language.token.{kind}"))
    if "$END" in left:
        words.append(text("language.token.end"))
    return tuple(words)
