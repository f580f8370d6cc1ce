"""Checking again and again: whatever was checked before, what comes of a check is what the files hold."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.language import CheckCache, CheckContext, check_rules
from prx_dingtalk_router.language.resolve import regexes, templates

CONTEXTS = (
    CheckContext(),
    CheckContext(zone="UTC", agents=frozenset({"desk"}), allowed_users=("u1",), calendar="CN"),
)
PIECES = (
    'list l = ["a", "b"]\n',
    'list l = ["c"]\n',
    "condition c = sender in l\n",
    "condition c = group\n",
    'template t = "{{ sender.name }} {{ match.n }}"\n',
    'template t = "hello"\n',
    "hours h = workdays 09:00-18:00\n",
    "rule a when c then reply t\n",
    "rule a when text matches /x(?P<n>1)/ then reply t\n",
    'rule b when during h and not c then agent desk else reply "{{ failure }}"\n',
    'rule b when text contains "b" then agent other\n',
    'rule d "a description" when private then drop "no"\n',
    'rule e when text is "e" then reply "{{ nothing }}"\n',
    'rule f whem text is "f" then drop\n',
    'rule g when sender in lines "people.txt" then drop\n',
    'list people = lines "people.txt"\nrule h when sender in people then drop\n',
    "otherwise reply t\n",
    "denied drop\n",
    'test "t" given "x1" expect reply by a\n',
    'test "d" given "b" in group expect agent desk by b\n',
)
SETS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(SETS, st.sampled_from(CONTEXTS), st.sampled_from(["u1\n", "u2\n"])), min_size=2, max_size=5
    )
)
def test_nothing_that_is_remembered_shows(checks):
    """Rules, their places, errors and the fingerprint are those of a check that remembers nothing."""
    cache = CheckCache()
    with TemporaryDirectory() as folder:
        entry = Path(folder) / "main.rules"
        for text, context, people in checks:
            entry.write_text(text, "utf-8")
            (Path(folder) / "people.txt").write_text(people, "utf-8")
            remembering = check_rules(entry, context, cache=cache, lints=False)
            cache.forget_unused()
            fresh = check_rules(entry, context, lints=False)
            assert remembering.fingerprint == fresh.fingerprint
            told = [str(each.message) for each in remembering.diagnostics]
            assert told == [str(each.message) for each in fresh.diagnostics]
            assert (remembering.rules is None) == (fresh.rules is None)
            if remembering.rules is not None and fresh.rules is not None:
                assert remembering.rules.rules == fresh.rules.rules
                assert remembering.rules.tests == fresh.rules.tests
                assert [str(rule.place) for rule in remembering.rules.rules] == [
                    str(rule.place) for rule in fresh.rules.rules
                ]


def test_an_edit_resolves_what_it_touches(tmp_path, monkeypatch):
    """The other rules are the very same as before."""
    entry, cache = tmp_path / "main.rules", CheckCache()
    text = "".join(f'rule r{n} when text is "{n}" then drop\n' for n in range(5))
    entry.write_text(text)
    before = check_rules(entry, cache=cache, lints=False).rules
    cache.forget_unused()
    entry.write_text(text.replace('"2"', '"two"'))
    after = check_rules(entry, cache=cache, lints=False).rules
    same = [one.condition is other.condition for one, other in zip(before.rules, after.rules, strict=True)]
    assert same == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("kind", "rule", "code"),
    [
        (regexes, "rule r{n} when text matches /x{n}y*{more}/ then drop\n", "PRX137"),
        (templates, 'rule r{n} when text is "{n}" then reply "{{{{ text | upper }}}}{more}"\n', "PRX138"),
    ],
)
@pytest.mark.parametrize("edited", [0, 4])
def test_rules_that_were_not_touched_count_towards_the_limits_of_the_set(
    tmp_path, monkeypatch, kind, rule, code, edited
):
    """Wherever the edit is that exceeds a limit, it is refused as a check from scratch refuses it; back within, it is taken."""
    entry, cache = tmp_path / "main.rules", CheckCache()
    monkeypatch.setattr(kind, "MAX_CHARACTERS", 110)
    for more, codes in (("", []), ("z" * 100, [code]), ("", [])):
        entry.write_text("".join(rule.format(n=n, more=more if n == edited else "") for n in range(5)))
        for cached in (cache, None):
            checked = check_rules(entry, cache=cached, lints=False)
            assert [each.code for each in checked.diagnostics] == codes
        cache.forget_unused()
