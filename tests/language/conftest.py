"""What the tests of the language share: checking a set from texts."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st

from prx_dingtalk_router.language import CheckContext, CheckResult, RuleSet, Severity, check_rules
from prx_dingtalk_router.message import Message

OF_SMALL_SETS = {"no-otherwise", "wordless-message"}
"""What a set of a few rules is warned of, and ``found`` leaves out."""
TODAY = CheckContext(today=date(2026, 3, 2))

Files = Mapping[str, str | bytes]


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., CheckResult]:
    """Check a set: the text of ``main.rules``, other files by path, and a context."""

    def run(
        text: str | bytes, files: Files | None = None, context: CheckContext | None = None
    ) -> CheckResult:
        for name, content in {"main.rules": text, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return check_rules(tmp_path, context or TODAY, base=tmp_path)

    return run


@pytest.fixture
def found(check: Callable[..., CheckResult]) -> Callable[..., list[tuple[str, str]]]:
    """The names of the diagnostics of a set with what they stand at, one severity if given."""

    def run(
        text: str | bytes,
        files: Files | None = None,
        context: CheckContext | None = None,
        severity: Severity | None = None,
    ) -> list[tuple[str, str]]:
        return [
            (each.name, each.span.text)
            for each in check(text, files, context).diagnostics
            if each.name not in OF_SMALL_SETS and severity in (None, each.severity)
        ]

    return run


@pytest.fixture
def rules(check: Callable[..., CheckResult]) -> Callable[..., RuleSet]:
    """The checked rules of a set that has no error."""

    def run(text: str, files: Files | None = None, context: CheckContext | None = None) -> RuleSet:
        result = check(text, files, context)
        assert result.rules is not None, [each.message.render("en") for each in result.diagnostics]
        return result.rules

    return run


# ---- random conditions over few fields and literals, so that they often cover or contradict each other, and messages

SHORT = st.sampled_from(["a", "ab", "b", "hr", "a b", "a。", "a!", "xab"])
TEXT_TESTS = [
    "contains",
    "contains all",
    "contains word",
    "starts with",
    "starts with word",
    "ends with",
    "in",
]


@st.composite
def single_test(draw: st.DrawFn) -> str:
    """One test as it is written."""
    kind = draw(st.sampled_from(["flag", "percent", "named", "is", "empty", "matches", *["compare"] * 5]))
    field = draw(st.sampled_from(["text", "text", "text", "sender", "sender.name"]))
    match kind:
        case "flag":
            return draw(st.sampled_from(["private", "group", "admin", "external"]))
        case "percent":
            subject = draw(st.sampled_from(["senders", "senders", "messages"]))
            return f"{draw(st.sampled_from(['20', '60', '100']))}% of {subject}"
        case "named":
            return draw(st.sampled_from(["half", "known"]))
        case "is":
            return f'{field} is "{draw(SHORT)}"'
        case "empty":
            return f"{field} is empty"
        case "matches":
            return f"{field} matches [/{draw(st.sampled_from(['a', '^a', 'b$', 'hr|b']))}/]"
    literals = ", ".join(f'"{each}"' for each in draw(st.lists(SHORT, min_size=1, max_size=2, unique=True)))
    return f"{field} {draw(st.sampled_from(TEXT_TESTS))} [{literals}]"


CONDITION = st.recursive(
    single_test(),
    lambda inner: st.one_of(
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
    ),
    max_leaves=4,
)


def message(chance: random.Random) -> Message:
    """One of the messages that tell these conditions apart."""
    pieces = ["a", "b", "ab", "hr", "中", " ", "x", "。", "!", "xab"]
    said, named = ("".join(chance.choices(pieces, k=chance.choice((0, 1, 1, 1, 2, 2, 3)))) for _ in range(2))
    return Message(
        msg_id=f"m{chance.random()}",
        robot="r",
        conversation="c",
        group=chance.random() < 0.5,
        text=said,
        sender=chance.choice(
            ["", "a", "ab", "b", "hr", "中", "a b", "xab", "a。", *(f"u{n}" for n in range(6))]
        ),
        sender_id=f"i{chance.randrange(4)}",
        sender_name=named,
        type=chance.choice(["text", "audio"]),
        admin=chance.random() < 0.5,
    )


SAMPLE = [message(random.Random(n)) for n in range(600)]  # noqa: S311


@pytest.fixture
def random_test() -> st.SearchStrategy[str]:
    """Single tests as they are written; ``half`` and ``known`` are named conditions."""
    return single_test()


@pytest.fixture
def random_condition() -> st.SearchStrategy[str]:
    """Conditions as they are written."""
    return CONDITION


@pytest.fixture
def sample() -> Sequence[Message]:
    """Messages that tell such conditions apart."""
    return SAMPLE
