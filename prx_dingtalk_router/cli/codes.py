"""``prx-router codes``: lists the diagnostics, or explains one from its page."""

from __future__ import annotations

from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import Results, perhaps_unread, results, write_json
from prx_dingtalk_router.cli.diagnostic_text import COLORS
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language import Diagnostic
from prx_dingtalk_router.language.diagnostics.outline import flagged, outline
from prx_dingtalk_router.language.diagnostics.page import Example, page_of
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic, find_diagnostic, like


def codes(*, code: str | None, json_wanted: bool, no_color: bool) -> int:
    """List all diagnostics, or show the page of one.

    Raises:
        UsageError: there is no such diagnostic.
    """
    if code is None:
        _list(json_wanted=json_wanted, no_color=no_color)
        return 0
    kind = find_diagnostic(code)
    if kind is None:
        raise UsageError("cli.codes.unknown", found=code, near=[f"`{each}`" for each in like(code)])
    if json_wanted:
        with perhaps_unread():
            write_json(_page_document(kind))
    else:
        _write_page(results(no_color=no_color), kind)
    return 0


def _list(*, json_wanted: bool, no_color: bool) -> None:
    kinds = every_diagnostic().values()
    if json_wanted:
        with perhaps_unread():
            for kind in kinds:
                write_json(_document(kind))
        return
    out = results(no_color=no_color)
    width = max(len(kind.name) for kind in kinds)
    for kind in kinds:
        severity = str(text(f"cli.severity.{kind.severity}"))
        out.print(
            (kind.code, "bold"),
            (f" {severity:<7} ", _color(kind)),
            (f"{kind.name:<{width}}  ", "cyan"),
            flagged(kind),
        )


def _write_page(out: Results, kind: type[Diagnostic]) -> None:
    page = page_of(kind)
    severity = text(f"cli.severity.{kind.severity}")
    out.print((f"{severity}[{kind.code}]", f"bold {_color(kind)}"), (f" {kind.name}", "bold"))
    out.print(flagged(kind))
    out.print(text("cli.advice"), outline(kind.advice))
    _write_prose(out, "what", page.whole_what)
    _write_prose(out, "why", page.why)
    _write_example(out, "wrong", page.wrong)
    _write_example(out, "right", page.right)
    _write_prose(out, "fix", page.fix)


def _write_prose(out: Results, part: str, prose: str) -> None:
    out.print()
    out.print((text(f"cli.codes.{part}"), "bold"))
    out.print(f"  {prose}")


def _write_example(out: Results, part: str, example: Example) -> None:
    out.print()
    out.print((text(f"cli.codes.{part}"), "bold"))
    for name, content in example.items():
        if len(example) > 1:
            out.print((f"  # {name}", "dim"))
        for line in content.splitlines():
            out.print(f"    {line}" if line else "")


def _color(kind: type[Diagnostic]) -> str:
    return COLORS[kind.severity]


def _document(kind: type[Diagnostic]) -> dict[str, Any]:
    return {
        "code": kind.code,
        "name": kind.name,
        "severity": kind.severity,
        "message": flagged(kind),
        "help": outline(kind.advice),
    }


def _page_document(kind: type[Diagnostic]) -> dict[str, Any]:
    page = page_of(kind)
    return {
        **_document(kind),
        "summary": page.summary,
        "what": page.what,
        "why": page.why,
        "wrong": page.wrong,
        "right": page.right,
        "fix": page.fix,
    }
