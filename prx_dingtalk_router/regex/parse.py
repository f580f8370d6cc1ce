r"""Source text of a regex into its syntax tree, as RE2 reads it.

The parser accepts what RE2 accepts (budgets apart, see ``read``) but for three things: ``\C``, a group's name that
templates cannot use, and a name used twice. It keeps a stack of its own, so no depth of nesting is too much for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from prx_dingtalk_router.regex import foreign
from prx_dingtalk_router.regex.brackets import read_brackets
from prx_dingtalk_router.regex.escapes import Reading, read_character_escape, read_class_escape
from prx_dingtalk_router.regex.refusal import SURE, Refusal, RefusalKind, replaced
from prx_dingtalk_router.regex.syntax import (
    Alternation,
    AnyCharacter,
    Assertion,
    AssertionKind,
    Concatenation,
    Group,
    Literal,
    Node,
    Repeat,
)
from prx_dingtalk_router.regex.unicode_tables import is_group_name

MAX_REPETITION = 1000
"""RE2's limit of a counted repetition, also for repetitions within each other, multiplied."""

_ORDINARY = re.compile(r"[^\\\[(){*+?.^$|]+")
_COUNTS = re.compile(r"\{(0|[1-9][0-9]{0,8})(?:(,)(0|[1-9][0-9]{0,8})?)?\}")
_NAMED_GROUP = re.compile(r"\(\?P?<([^>]*)>")
_FLAGS = re.compile(r"\(\?([imsU]*)(?:-([imsU]+))?([:)])")
_LOOK_AROUND = re.compile(r"\(\?<?[=!]")
_COMMENT = re.compile(r"\(\?#[^)]*\)?")
_NAMED_REFERENCE = re.compile(r"\(\?P=[^)]*\)?")
_OTHER_OPERATOR = re.compile(r"\(\?(?:P[>=]?|[A-Za-z-]+|[^:)]?)")
_QUOTED_NAME = re.compile(r"\(\?'([A-Za-z_][A-Za-z0-9_]*)'")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Flags(NamedTuple):
    ignore_case: bool
    multi_line: bool = False
    line_feed: bool = False
    ungreedy: bool = False


@dataclass(slots=True)
class _Level:
    """What is known of a group while it is open; the outermost level is the whole regex."""

    start: int
    flags: _Flags
    """Those outside the group."""
    number: int | None = None
    name: str | None = None
    name_start: int = 0
    branch_start: int = 0
    parts: list[Node] = field(default_factory=list)
    copies: list[int] = field(default_factory=list)
    """For each part, how often the innermost thing in it is repeated at most, counted repetitions multiplied."""
    branches: list[Node] = field(default_factory=list)
    most_copies: int = 1


def parse(source: str, ignore_case: bool) -> Node | Refusal:
    r"""Return the syntax tree of a regex, or the first reason why it is none.

    Args:
        source: what is written between the slashes, with ``\/`` already a slash.
        ignore_case: whether the flag ``i`` follows.
    """
    tree, refusals = _read(source, ignore_case)
    if not refusals:
        return tree
    edits = [(each.start, each.end, each.instead) for each in refusals if each.instead is not None]
    if len(edits) == len(refusals):
        corrected = replaced(source, edits)
        if not _read(corrected, ignore_case)[1]:
            is_sure = all(each.kind in SURE for each in refusals)
            return replace(refusals[0], corrected=corrected, is_sure=is_sure)
    return refusals[0]


def _read(source: str, ignore_case: bool) -> tuple[Node, list[Refusal]]:
    parser = _Parser(Reading(source), _Flags(ignore_case))
    surrogate = _SURROGATE.search(source)
    if surrogate is not None:
        detail = f"U+{ord(surrogate[0]):04X}"
        parser.reading.refuse(RefusalKind.SURROGATE, surrogate.start(), surrogate.end(), detail=detail)
        return Concatenation(0, 0, ()), parser.reading.refusals
    return parser.parse(), parser.reading.refusals


class _Parser:
    """Reads a source from left to right, one piece at a time."""

    def __init__(self, reading: Reading, flags: _Flags) -> None:
        self.reading = reading
        self._source = reading.source
        self._flags = flags
        self._levels = [_Level(0, flags)]
        self._groups = 0
        self._names: set[str] = set()
        self._operator_start: int | None = None
        """Where the repetition begins that was just read, since RE2 allows no other directly after it."""

    def parse(self) -> Node:
        source, at = self._source, 0
        while at < len(source):
            operator_start, self._operator_start = self._operator_start, None
            character = source[at]
            run = _ORDINARY.match(source, at)
            if run is not None:
                at = self._push(Literal(at, run.end(), run[0], self._flags.ignore_case))
            elif character in "*+?":
                at = self._simple_repetition(at, operator_start)
            elif character == "{":
                at = self._counted_repetition(at, operator_start)
            else:
                at = self._piece(character, at)
        return self._finish()

    def _piece(self, character: str, at: int) -> int:
        match character:
            case "\\":
                return self._escape(at)
            case "[":
                brackets = read_brackets(self.reading, at, self._flags.ignore_case)
                return len(self._source) if brackets is None else self._push(brackets)
            case "(":
                return self._open(at)
            case ")":
                self._close(at)
            case "|":
                self._end_branch(at)
            case ".":
                self._push(AnyCharacter(at, at + 1, self._flags.line_feed))
            case "^":
                line = self._flags.multi_line
                self._push(
                    Assertion(at, at + 1, AssertionKind.BEGIN_LINE if line else AssertionKind.BEGIN_TEXT)
                )
            case _:
                line = self._flags.multi_line
                self._push(Assertion(at, at + 1, AssertionKind.END_LINE if line else AssertionKind.END_TEXT))
        return at + 1

    def _push(self, node: Node, copies: int = 1) -> int:
        level = self._levels[-1]
        level.parts.append(node)
        level.copies.append(copies)
        return node.end

    # ---- repetitions

    def _simple_repetition(self, at: int, operator_start: int | None) -> int:
        minimum, maximum = {"*": (0, None), "+": (1, None), "?": (0, 1)}[self._source[at]]
        return self._repetition(at, at + 1, minimum, maximum, operator_start)

    def _counted_repetition(self, at: int, operator_start: int | None) -> int:
        counts = _COUNTS.match(self._source, at)
        if counts is None:  # `{`, `{,5}`, `{01}`: characters like any other
            return self._push(Literal(at, at + 1, "{", self._flags.ignore_case))
        minimum = int(counts[1])
        maximum = minimum if counts[2] is None else int(counts[3]) if counts[3] else None
        return self._repetition(at, counts.end(), minimum, maximum, operator_start)

    def _repetition(
        self, at: int, end: int, minimum: int, maximum: int | None, operator_start: int | None
    ) -> int:
        lazy = self._source.startswith("?", end)
        end += lazy
        self._operator_start = at
        level = self._levels[-1]
        most = minimum if maximum is None else maximum
        if operator_start is not None:
            first = self._source[operator_start:at]
            if self._source[at:end] == "+":
                self.reading.refuse(RefusalKind.POSSESSIVE, operator_start, end, first)
            else:
                self.reading.refuse(RefusalKind.DOUBLE_REPETITION, operator_start, end)
        elif most < minimum or most > MAX_REPETITION:
            self.reading.refuse(RefusalKind.REPETITION_SIZE, at, end)
        elif not level.parts:
            self.reading.refuse(RefusalKind.NOTHING_TO_REPEAT, at, end)
        else:
            copies = level.copies.pop() * max(most, 1)
            if copies > MAX_REPETITION:
                self.reading.refuse(RefusalKind.NESTED_REPETITION, at, end)
                copies = MAX_REPETITION
            body = level.parts.pop()
            if isinstance(body, Literal) and len(body.text) > 1:  # only its last character is repeated
                cut = body.end - 1
                self._push(replace(body, end=cut, text=body.text[:-1]))
                body = replace(body, start=cut, text=body.text[-1])
            self._push(
                Repeat(body.start, end, body, at, minimum, maximum, lazy == self._flags.ungreedy), copies
            )
        return end

    # ---- escapes

    def _escape(self, at: int) -> int:
        letter = self._source[at + 1 : at + 2]
        kind = _ASSERTIONS.get(letter)
        if kind is not None:
            return self._push(Assertion(at, at + 2, kind))
        if letter == "Q":
            return self._quoted(at + 2)
        if letter == "C":
            self.reading.refuse(RefusalKind.SINGLE_BYTE, at, at + 2)
            return self._push(AnyCharacter(at, at + 2, True))
        named = read_class_escape(self.reading, at, self._flags.ignore_case)
        if named is not None:
            return self._push(named)
        escaped = read_character_escape(self.reading, at, in_brackets=False)
        if escaped.is_foreign:
            instead = foreign.spelled(escaped.character, foreign.SPECIAL)
            self.reading.refuse(RefusalKind.CODE_POINT, at, escaped.end, instead)
        return self._push(Literal(at, escaped.end, escaped.character, self._flags.ignore_case, escaped=True))

    def _quoted(self, start: int) -> int:
        closing = self._source.find("\\E", start)
        end = len(self._source) if closing < 0 else closing
        if start < end:
            text = self._source[start:end]
            self._push(Literal(start, end, text, self._flags.ignore_case, quoted=True))
        return end if closing < 0 else end + 2

    # ---- groups and branches

    def _open(self, at: int) -> int:
        if not self._source.startswith("?", at + 1):
            return self._capture(at, at + 1)
        named = _NAMED_GROUP.match(self._source, at)
        if _LOOK_AROUND.match(self._source, at) is None and named is not None:
            return self._named_capture(at, named)
        flags = _FLAGS.match(self._source, at)
        if flags is None:
            return self._refused_operator(at)
        on, off, closing = flags.groups()
        changed = self._flags
        for letters, value in ((on, True), (off or "", False)):
            changed = changed._replace(**{_FLAG_NAMES[letter]: value for letter in letters})
        if closing == ":":
            self._levels.append(_Level(at, self._flags, branch_start=flags.end()))
        self._flags = changed
        return flags.end()

    def _capture(self, at: int, end: int, name: str | None = None, name_start: int = 0) -> int:
        self._groups += 1
        self._levels.append(_Level(at, self._flags, self._groups, name, name_start, branch_start=end))
        return end

    def _named_capture(self, at: int, match: re.Match[str]) -> int:
        name = match[1]
        if not (is_group_name(name) and name.isidentifier()):
            start, end = match.span(1) if name else match.span()
            self.reading.refuse(RefusalKind.GROUP_NAME, start, end)
        elif name in self._names:
            self.reading.refuse(RefusalKind.DUPLICATE_GROUP, *match.span(1))
        self._names.add(name)
        return self._capture(at, match.end(), name, match.start(1))

    def _refused_operator(self, at: int) -> int:
        """Refuse an operator of another dialect, and read what is behind it as a group."""
        source, refuse = self._source, self.reading.refuse
        for pattern, kind in (
            (_COMMENT, RefusalKind.COMMENT),
            (_NAMED_REFERENCE, RefusalKind.BACK_REFERENCE),
        ):
            whole = pattern.match(source, at)
            if whole is not None:
                closed = whole[0].endswith(")")
                refuse(kind, at, whole.end(), "" if kind is RefusalKind.COMMENT and closed else None)
                return whole.end()
        look_around = _LOOK_AROUND.match(source, at)
        quoted_name = _QUOTED_NAME.match(source, at)
        end = at + 3
        if look_around is not None:
            end = look_around.end()
            refuse(RefusalKind.LOOK_AROUND, at, end)
        elif source.startswith("(?>", at):
            refuse(RefusalKind.ATOMIC_GROUP, at, end, "(?:")
        elif quoted_name is not None:
            end = quoted_name.end()
            refuse(RefusalKind.GROUP_OPERATOR, at, end, f"(?P<{quoted_name[1]}>")
        elif source.startswith(("(?P<", "(?<"), at):
            refuse(RefusalKind.GROUP_NAME, at, len(source))
            end = len(source)
        else:
            operator = _OTHER_OPERATOR.match(source, at)
            end = len(source) if operator is None else operator.end()
            refuse(RefusalKind.GROUP_OPERATOR, at, end)
        self._levels.append(_Level(at, self._flags, branch_start=end))
        return end

    def _end_branch(self, at: int) -> None:
        level = self._levels[-1]
        parts = tuple(level.parts)
        level.branches.append(parts[0] if len(parts) == 1 else Concatenation(level.branch_start, at, parts))
        level.most_copies = max(level.most_copies, *level.copies, 1)
        level.branch_start = at + 1
        level.parts.clear()
        level.copies.clear()

    def _body(self, at: int) -> Node:
        self._end_branch(at)
        level = self._levels[-1]
        if len(level.branches) == 1:
            return level.branches[0]
        return Alternation(level.branches[0].start, at, tuple(level.branches))

    def _close(self, at: int) -> None:
        if len(self._levels) == 1:
            self.reading.refuse(RefusalKind.UNEXPECTED_PARENTHESIS, at, at + 1)
            return
        body = self._body(at)
        level = self._levels.pop()
        self._flags = level.flags
        group = Group(level.start, at + 1, body, level.number, level.name, level.name_start)
        self._push(group, level.most_copies)

    def _finish(self) -> Node:
        end = len(self._source)
        if len(self._levels) > 1:
            start = self._levels[-1].start
            self.reading.refuse(RefusalKind.MISSING_PARENTHESIS, start, start + 1)
        while len(self._levels) > 1:
            self._close(end)
        return self._body(end)


_ASSERTIONS = {
    "A": AssertionKind.BEGIN_TEXT,
    "z": AssertionKind.END_TEXT,
    "b": AssertionKind.WORD_BOUNDARY,
    "B": AssertionKind.NO_WORD_BOUNDARY,
}
_FLAG_NAMES = {"i": "ignore_case", "m": "multi_line", "s": "line_feed", "U": "ungreedy"}
