"""Any text gives rules or diagnostics, never an exception and never a hang (language.md section 11)."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)

Check = Callable[..., CheckResult]

GOOD = r"""language 1
use "people.rules"
list ads       = ["代开发票", "刷单兼职"]
pattern ticket = /(?P<ticket>[A-Z]{2,5}-\d+)/
hours office   = workdays 09:00-12:00 13:30-18:00 calendar "CN" in "Asia/Shanghai"
condition known = sender in it-staff or 10% of senders
template busy  = '''
  {{ sender.name }}，已收到
  '''
rule spam "advertising" shadow
  when text contains ads and not known
  then drop "ads"
rule ticket
  when group and text matches [ticket, /\bvpn\b/i]
  then reply busy mention at most 1 per 10m per sender
  then agent tracker with "{{ text }}" timeout 120s session per sender
  else reply "工单系统暂时不可用 {{ failure }}" else drop
otherwise agent general
denied reply "no"
test "t"
  given "看下 OPS-42" from "ops-007" in group "x" at "2026-11-20 20:30"
  expect agent tracker by ticket shadow spam
""".replace("'''", '"""')
FILES = {"people.rules": 'list it-staff = ["ops-007"]\n'}

WORDS = st.sampled_from(
    [*sorted(KEYWORDS), "x", "客服", '"a"', '""', '"""', "/a/", "/(?P<n>a)/i", "/(/", "[", "]", "(", ")", ",", "=", "..", "10%",
     "5", "10m", "09:00-18:00", "2027-02-05", "mon-fri", "sender.name", "\n", "#", "“", "，", "&&", "!=", "\\", '"', "/", "\u200b",
     "{{ text }}", '"{{ match.n }}"', "\x00", "１０％", "~"]
)  # fmt: skip


def sound(result: CheckResult) -> None:
    """What every result holds to: places inside their files, sentences in both languages, rules unless there are errors."""
    assert (result.rules is None) == (result.errors > 0)
    for each in result.diagnostics:
        fix = each.fix()
        for span in (
            each.span,
            *(related.span for related in each.related),
            *(edit.span for edit in (fix.edits if fix else ())),
        ):
            assert 0 <= span.start <= span.end <= len(span.source.text)
            assert (span.begin.line, span.begin.column) >= (1, 1)
            assert span.begin <= span.finish
        for language in ("zh", "en"):
            assert each.message.render(language)
            assert each.help is not None
            assert each.help.render(language)


@FEW
@given(st.text(max_size=120))
def test_any_text(check: Check, text: str) -> None:
    """Whatever characters stand in a file."""
    sound(check(text.encode("utf-8", "surrogatepass")))


@FEW
@given(st.binary(max_size=80))
def test_any_bytes(check: Check, content: bytes) -> None:
    """Whatever bytes stand in a file, and in a list that it names."""
    sound(check(content))
    sound(check('list l = lines "l.txt"\nrule r when text in l then drop', {"l.txt": content}))


@FEW
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_words_of_the_language(check: Check, text: str) -> None:
    """Words of the language in any order."""
    sound(check(text))


@FEW
@given(st.integers(0, len(GOOD)), st.integers(0, 12), WORDS | st.text(max_size=3))
def test_any_change_of_a_good_file(check: Check, at: int, length: int, instead: str) -> None:
    """A piece cut out of a sound set and something else put there."""
    changed = GOOD[:at] + instead + GOOD[at + length :]
    sound(check(changed.encode("utf-8", "surrogatepass"), FILES))


@FEW
@given(st.text(alphabet="\\/()[]{}|.*+?^$abw:P<>=!i中，ａ \t0", max_size=24))
def test_any_expression(check: Check, body: str) -> None:
    """Whatever stands between slashes."""
    sound(check(f"rule r when text matches /{body}/ then drop\notherwise drop"))


@FEW
@given(st.text(alphabet="{}%|. \"\\'()[]=abcdefgimnorstuxz_中\n", max_size=30))
def test_any_template(check: Check, body: str) -> None:
    """Whatever a template file holds."""
    sound(check('template t = file "t.j2"\notherwise reply t', {"t.j2": body}))


def test_the_good_file_is_good(check: Check) -> None:
    """What is changed above has no error itself."""
    assert check(GOOD, FILES).errors == 0


@pytest.mark.parametrize(
    "text",
    [
        "rule r when " + "(" * 5000 + "group" + ")" * 5000 + " then drop",
        "rule r when " + "not " * 5000 + "group then drop",
        "rule r when " + "not (" * 3000 + "group" + ")" * 3000 + " then drop",
        "rule r when " + "(group and (" * 60 + "admin" + "))" * 60 + " then drop",
        "list l = " + "[" * 5000,
        'rule r when group then reply "' + "{% if text %}" * 3000 + '"',
        "rule r when text matches /" + "(" * 3000 + "a" + ")" * 3000 + "/ then drop",
        "rule r when text matches /((((a{1,1000}){1,1000}){1,1000}){1,1000})/ then drop",
        "\x00" * 5000,
        '"' * 5001,
        "/" * 5001,
        "“" * 5001,
    ],
)
def test_deep_and_long_texts_are_told_in_few_words(check: Check, text: str) -> None:
    """Nesting beyond reason is an error, not a stack that overflows; runs of nonsense are told once."""
    result = check(text)
    sound(result)
    assert result.errors <= 5
    assert result.diagnostics


@pytest.mark.parametrize(
    "condition",
    [
        "(" * 40 + "group" + ")" * 40,
        " or ".join(["(group and not (admin))"] * 500),
        " and ".join(["not private"] * 2000),
    ],
)
def test_long_and_reasonably_deep_conditions_are_read(check: Check, condition: str) -> None:
    """Forty parentheses within each other, or thousands side by side."""
    assert check(f"rule r when {condition} then drop\notherwise drop").errors == 0


def test_every_error_of_a_file_is_told_at_once(check: Check) -> None:
    """Ten mistakes in one file give ten diagnostics."""
    text = "\n".join(
        [
            "rule a when text contains “发票” then drop",
            "rule b when group && admin then drop",
            'rule c when text is "x" reply "y"',
            'rule d when text contains "x then drop',
            "rule e when text matches /(/ then drop",
            "rule file when group then drop",
            "rule g when sender in nobody then drop",
            'rule h when text is "\\q" then drop',
            "rulle i when group then drop",
            'rule j when group then drop then reply "x"',
            "otherwise drop",
        ]
    )
    errors = [each for each in check(text).diagnostics if each.is_error]
    assert [(each.span.begin.line, each.name) for each in errors] == [
        (1, "foreign-quotes"),
        (2, "foreign-operator"),
        (3, "missing-word"),
        (4, "unclosed-string"),
        (5, "refused-expression"),
        (6, "keyword-as-name"),
        (7, "undeclared-name"),
        (8, "unknown-escape"),
        (9, "unexpected"),
        (10, "misplaced-step"),
    ]


def test_diagnostics_are_in_order_of_file_and_place(check: Check) -> None:
    """So that they read like the file."""
    result = check("rule b when x then drop\nrule a when y then drop\nlist z = []")
    places = [(each.span.source.name, each.span.start) for each in result.diagnostics]
    assert places == sorted(places)


def test_line_ends_of_windows_move_no_place(check: Check) -> None:
    """Columns and lines are those that an editor shows."""
    result = check("language 1\r\nrule r when x then drop\r\notherwise drop\r\n")
    (only,) = result.diagnostics
    assert (only.span.begin.line, only.span.begin.column, only.span.text) == (2, 13, "x")


def test_columns_are_code_points(check: Check, tmp_path: Path) -> None:
    """A Chinese character and an emoji are one column each."""
    (only,) = check('rule r when text in ["中😀"] or x then drop\notherwise drop').diagnostics
    assert (only.span.begin.column, only.span.source.path) == (31, (tmp_path / "main.rules").resolve())


@pytest.mark.parametrize(
    ("text", "least"),
    [
        (f'rule r when text is "{"x" * 300_000}" then drop\notherwise drop', 0),
        ('template t = """' + "\n中文 x" * 30_000, 1),
        ('rule r when text is "' + "x" * 300_000, 1),
        ("rule r when text matches /" + "x" * 300_000, 1),
    ],
    ids=["string", "open block", "open string", "open expression"],
)
def test_long_tokens_cost_little_memory(check: Check, text: str, least: int) -> None:
    """A long run of plain characters, closed or not, takes a few times its own size, not hundreds of bytes a character."""
    check("otherwise drop")  # what is loaded once does not count
    tracemalloc.start()
    try:
        assert check(text).errors >= least
        assert tracemalloc.get_traced_memory()[1] < 100 * len(text) + 10_000_000
    finally:
        tracemalloc.stop()
