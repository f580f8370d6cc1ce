"""Texts in the shape of the grammar, drawn by Hypothesis from the grammar itself."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark

from prx_dingtalk_router.language.syntax.grammar import compute_grammar

NAMES = ["a", "报销", "baoxiao", "vip", "b-1", "客服", "office", "ＶＩＰ", "x" * 70]
STRINGS = [
    '""',
    '"a"',
    '"报销"',
    '" vpn "',
    '"u1001"',
    '"{{ sender.name }}"',
    '"{{ match.n }}"',
    '"{% if quoted %}a{% endif %}"',
    '"{{"',
    '"${姓名}"',
    '"Asia/Shanghai"',
    '"北京"',
    '"CN"',
    '"中国"',
    '"l.txt"',
    '"other.rules"',
    '"../x"',
    '"2026-11-20 20:30"',
    '"picture"',
    '"图片"',
    '"vpn.*重置"',
    '"\\u{200B}a"',
    '"cid123"',
    '"\\n"',
    '"王芳"',
]
EXPRESSIONS = [
    "/a/", "/a/i", "/(?P<n>a)?/", "/报销，/", r"/\b报销\b/", r"/\\d+/", "/{,5}/", "/(?=a)/", "/(/", r"/[\x4e00]/", "/.*/", "/a|/",
    r"/[\u4e00-\u9fa5]/", r"/\p{Han}{2,4}$/",
]  # fmt: skip
TERMINALS = {
    "NAME": NAMES,
    "STRING": STRINGS,
    "TEXT_BLOCK": ['"""a"""', '"""\n  {{ text }}\n  """', '"""\n\ta\n  b"""'],
    "REGEX": EXPRESSIONS,
    "INT": ["0", "1", "5", "99999999"],
    "DURATION": ["0s", "10m", "2d", "500ms", "9999999h"],
    "PERCENT": ["10%", "0%", "0.05%", "101%"],
    "DATE": ["2027-02-05", "2020-01-01", "2027-02-30"],
    "TIMES": ["09:00-18:00", "22:00-06:00", "00:00-24:00", "9:00-25:00", "10:00-10:00"],
    "DAY": ["mon", "sun"],
    "DAY_RANGE": ["mon-fri", "fri-mon"],
}
"""What stands for those that are not one word; the words of the language stand for themselves."""
DECLARATIONS = 6


@cache
def sets_of_rules() -> st.SearchStrategy[str]:
    """Return texts of a few declarations that the grammar allows, whatever their names and values are worth."""
    grammar = compute_grammar()
    explicit = {}
    for terminal in grammar.terminals:
        if terminal.name in TERMINALS:
            words = TERMINALS[terminal.name]
        elif terminal.pattern.type == "str":
            words = [terminal.pattern.value]
        else:
            continue
        explicit[terminal.name] = st.sampled_from(words).map(lambda word: f" {word} ")
    explicit["DOTTED_FIELD"] = st.sampled_from([" sender.name ", " conversation.title ", " file.name "])
    explicit["BLANK"] = st.sampled_from([" ", "\n"])
    declaration = from_lark(grammar, start="start", explicit=explicit)
    return st.lists(declaration, min_size=1, max_size=DECLARATIONS).map("\n".join)
