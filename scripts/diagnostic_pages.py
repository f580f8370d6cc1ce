"""Write ``docs/diagnostics``: a page of each diagnostic from the docstring of its class, and a list of all."""

from __future__ import annotations

import sys
from pathlib import Path

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.language import Diagnostic
from prx_dingtalk_router.language.diagnostics.outline import flagged, outline
from prx_dingtalk_router.language.diagnostics.page import Example, page_of
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic

FOLDER = Path(__file__).parents[1] / "docs" / "diagnostics"
INDEX = "README.md"
INTRODUCTION = """\
# 诊断 · Diagnostics

`prx-router validate` 会指出的每一种问题；`prx-router codes PRX203` 显示同样的说明。说明的正文目前只有英文。
What `prx-router validate` flags; `prx-router codes PRX203` shows the same pages. Written by `make diagnostics`.

| 代码 / code | 名称 / name | | 指出什么 / what it flags |
|---|---|---|---|
"""


def index() -> str:
    """Return the list of all diagnostics, each with a link to its page."""
    rows = [
        f"| [{kind.code}]({kind.code}.md) | {kind.name} | {_both(f'cli.severity.{kind.severity}')} "
        f"| {_cell(flagged(kind, 'zh'))} / {_cell(flagged(kind, 'en'))} |\n"
        for kind in every_diagnostic().values()
    ]
    return INTRODUCTION + "".join(rows)


def page(kind: type[Diagnostic]) -> str:
    """Return the page of a diagnostic."""
    read = page_of(kind)
    return f"""\
# {kind.code} {kind.name}

{_both(f"cli.severity.{kind.severity}")}

- {flagged(kind, "zh")}
  {text("cli.advice").render("zh")}{outline(kind.advice, "zh")}
- {flagged(kind, "en")}
  {text("cli.advice").render("en")}{outline(kind.advice, "en")}

{text("cli.codes.english-only").render("zh")}

## {_both("cli.codes.what")}

{read.summary} {read.what}

## {_both("cli.codes.why")}

{read.why}

## {_both("cli.codes.wrong")}

{_blocks(read.wrong)}
## {_both("cli.codes.right")}

{_blocks(read.right)}"""


def write(folder: Path) -> None:
    """Write all pages, and remove those of diagnostics that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{kind.code}.md": page(kind) for kind in every_diagnostic().values()} | {INDEX: index()}
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, content in pages.items():
        (folder / name).write_text(content, "utf-8")


def _both(key: str) -> str:
    said = text(key)
    return f"{said.render('zh')} · {said.render('en')}"


def _blocks(example: Example) -> str:
    several = len(example) > 1
    return "\n".join(
        (f"`{name}`:\n\n" if several else "") + f"~~~text\n{content.rstrip()}\n~~~\n"
        for name, content in example.items()
    )


def _cell(sentence: str) -> str:
    return sentence.replace("|", "\\|")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
