"""What one field of a message names: the rules whose literals it holds, whose values it is, whose regexes are found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.witness import Clue, Equals, Found, Holds
from prx_dingtalk_router.matching.literal_scanner import LiteralScanner
from prx_dingtalk_router.matching.regex_groups import RegexGroups
from prx_dingtalk_router.message import FIELDS
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.text.spoken import without_final_marks

Posting = tuple[int, ...]
"""The numbers of the rules that a clue names; shared by all literals of its list."""


class FieldIndex:
    """The clues about one field, each with the rules that it names; pickled without what is compiled.

    Args:
        name: of the field.
        clues: about this field, each once.
    """

    def __init__(self, name: str, clues: Iterable[tuple[Clue, Sequence[int]]]) -> None:
        self._field = FIELDS[name]
        self._is_text = self._field.kind == "text"
        self._spoken = False
        self._equal: dict[str, tuple[Posting, ...]] = {}
        held: dict[str, tuple[Posting, ...]] = {}
        found: dict[Regex, tuple[Posting, ...]] = {}
        for clue, rules in clues:
            posting = (tuple(rules),)
            match clue:
                case Holds():
                    for literal in dict.fromkeys(clue.literals):
                        held[literal] = held.get(literal, ()) + posting
                case Equals():
                    self._spoken |= clue.spoken
                    for value in dict.fromkeys(clue.values):
                        self._equal[value] = self._equal.get(value, ()) + posting
                case Found():
                    found[clue.regex] = found.get(clue.regex, ()) + posting
        self._held = tuple(held.values())
        self._scanner = LiteralScanner(tuple(held))
        self._found = tuple(found.values())
        self._groups = RegexGroups(tuple(found))
        self._only_equal = not self._is_text and not held and not found

    def prepare(self) -> Iterator[None]:
        """Compile what is compiled, in pieces, so that no message waits for it."""
        if self._held:
            self._scanner.prepare()
            yield
        yield from self._groups.prepare()

    def look_up(self, view: MessageView, postings: list[Posting]) -> None:
        """Add the posting of every clue that is found in the field; one that several literals share may come twice."""
        if self._only_equal:  # of an id, which is no text that has forms
            found = self._equal.get(self._field.string(view.message))
            if found is not None:
                postings += found
            return
        forms = view.forms(self._field)
        if self._held and forms.scanned:
            self._scan(forms.scanned, postings)
            if self._is_text and forms.folded is not forms.scanned and forms.folded != forms.scanned:
                self._scan(forms.folded, postings)
        if self._equal:
            postings += self._equal.get(forms.folded, ())
            if self._spoken and view.is_spoken(self._field):
                postings += self._equal.get(without_final_marks(forms.folded), ())
        if self._found:
            for number in self._groups.found_in(forms.plain):
                postings += self._found[number]

    def _scan(self, text: str, postings: list[Posting]) -> None:
        occurrences = self._scanner.occurrences(text)
        if len(occurrences) == 1:
            postings += self._held[occurrences[0][0]]
        elif occurrences:
            for number in {occurrence[0] for occurrence in occurrences}:
                postings += self._held[number]
