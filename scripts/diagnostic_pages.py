"""Write ``docs/diagnostics``: a page of each diagnostic in each language, from its class, and lists of all by subject."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from prx_dingtalk_router.catalogue import LANGUAGES, Entry, Language, text
from prx_dingtalk_router.language import Diagnostic
from prx_dingtalk_router.language.diagnostics.outline import flagged, outline
from prx_dingtalk_router.language.diagnostics.page import Example, page_of
from prx_dingtalk_router.language.diagnostics.registry import PREFIX, every_diagnostic

FOLDER = Path(__file__).parents[1] / "docs" / "diagnostics"
SUFFIXES: dict[Language, str] = {"en": ".md", "zh": ".zh.md"}
OTHER: dict[Language, Language] = {"en": "zh", "zh": "en"}
COLONS: dict[Language, str] = {"en": ": ", "zh": "："}
INDEX = "README"
TITLE = Entry(zh="诊断", en="Diagnostics")
INTRODUCTION = Entry(
    zh="`prx-router validate` 会指出的每一种问题，按主题排列；`prx-router codes PRX203 --lang zh` 显示同样的说明。",
    en="Everything that `prx-router validate` flags, by subject; `prx-router codes PRX203 --lang en` shows the same pages.",
)
SUBJECTS = {
    "1": Entry(zh="文字和语法", en="Text and syntax"),
    "2": Entry(zh="名称和文件", en="Names and files"),
    "3": Entry(zh="值和类型", en="Values and types"),
    "4": Entry(zh="轮不到的规则", en="Rules that are never reached"),
    "5": Entry(zh="模板", en="Templates"),
    "6": Entry(zh="规则和配置", en="Rules and the configuration"),
    "7": Entry(zh="永远找不到的文字", en="Text that cannot match"),
}
"""By the first digit of the codes (language.md section 11)."""
THIS_LANGUAGE = Entry(zh="中文", en="English")
ALL = Entry(zh="全部诊断", en="all diagnostics")


def index(language: Language) -> str:
    """Return the list of all diagnostics, each with a link to its page, under the subjects that they are about."""
    other = OTHER[language]
    link = _link(THIS_LANGUAGE, INDEX, other)
    parts = [f"# {TITLE.template(language)}\n\n{link}\n\n{INTRODUCTION.template(language)}\n"]
    kinds = every_diagnostic().values()
    for subject, those in groupby(kinds, lambda kind: kind.code.removeprefix(PREFIX.upper())[0]):
        parts.append(f"\n## {SUBJECTS[subject].template(language)}\n\n")
        parts.extend(
            f"- [{kind.code}]({kind.code}{SUFFIXES[language]}) `{kind.name}` "
            f"{text(f'cli.severity.{kind.severity}').render(language)}{COLONS[language]}{flagged(kind, language)}\n"
            for kind in those
        )
    return "".join(parts)


def page(kind: type[Diagnostic], language: Language) -> str:
    """Return the page of a diagnostic."""
    read, other = page_of(kind, language), OTHER[language]
    return f"""\
# {kind.code} {kind.name}

{_link(THIS_LANGUAGE, kind.code, other)} · {_link(ALL, INDEX, language)}

{text(f"cli.severity.{kind.severity}").render(language)}{COLONS[language]}{flagged(kind, language)}

{text("cli.advice").render(language)}{outline(kind.advice, language)}

## {_word("what", language)}

{read.whole_what}

## {_word("why", language)}

{read.why}

## {_word("wrong", language)}

{_blocks(read.wrong)}
## {_word("right", language)}

{_blocks(read.right)}
## {_word("fix", language)}

{read.fix}
"""


def write(folder: Path) -> None:
    """Write all pages, and remove those of diagnostics that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{INDEX}{SUFFIXES[language]}": index(language) for language in LANGUAGES}
    for kind in every_diagnostic().values():
        pages |= {f"{kind.code}{SUFFIXES[language]}": page(kind, language) for language in LANGUAGES}
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, content in pages.items():
        (folder / name).write_text(content, "utf-8")


def _word(key: str, language: Language) -> str:
    return text(f"cli.codes.{key}").render(language)


def _link(word: Entry, file: str, language: Language) -> str:
    return f"[{word.template(language)}]({file}{SUFFIXES[language]})"


def _blocks(example: Example) -> str:
    several = len(example) > 1
    return "\n".join(
        (f"`{name}`:\n\n" if several else "") + f"~~~text\n{content.rstrip()}\n~~~\n"
        for name, content in example.items()
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
