"""What the tests of the language share: checking a set from texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from prx_dingtalk_router.language import CheckContext, CheckResult, RuleSet, Severity, Source, check_rules
from prx_dingtalk_router.language.diagnostics import Diagnostics

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
    """The names of the diagnostics of a set with what they stand at, one severity if given; ``no-otherwise`` is left out."""

    def run(
        text: str | bytes,
        files: Files | None = None,
        context: CheckContext | None = None,
        severity: Severity | None = None,
    ) -> list[tuple[str, str]]:
        return [
            (each.name, each.span.text)
            for each in check(text, files, context).diagnostics
            if each.name != "no-otherwise" and severity in (None, each.severity)
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


@pytest.fixture
def source() -> Callable[[str], Source]:
    """A file that is only text."""
    return lambda text: Source(Path("/rules/main.rules"), "main.rules", text)


@pytest.fixture
def diagnostics() -> Diagnostics:
    """An empty collection."""
    return Diagnostics()
