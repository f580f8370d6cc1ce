"""Random sets of rules and random messages that meet them, with all the oddities of writing that folding knows of."""

from __future__ import annotations

from datetime import date
from random import Random
from zoneinfo import ZoneInfo

from prx_dingtalk_router.calendar.hours import Dates, Hours, Weekdays
from prx_dingtalk_router.calendar.hours import Span as HourSpan
from prx_dingtalk_router.language.percentage import Percent
from prx_dingtalk_router.language.ruleset import (
    Agent,
    Always,
    And,
    Chain,
    ChainEntry,
    Compare,
    Condition,
    Drop,
    During,
    Fallback,
    FlagIsSet,
    IsEmpty,
    Matches,
    Named,
    Next,
    Not,
    OfPercent,
    Or,
    Reply,
    Rule,
    RuleSet,
    Template,
)
from prx_dingtalk_router.language.source import Home, SourceMap, Span
from prx_dingtalk_router.message import FIELDS, Field, Message
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.regex.read import ReadRegex, read_regex
from prx_dingtalk_router.text.folding import fold

SPAN, HOME = Span(0, 0), Home("random.rules", 0)

PIECES = [
    "hr", "HR", "ＨＲ", "h\u200br", "chrome", "找hr谈", "重置", "重置 VPN", "VPN密码", "ｖｐｎ", "vpn", "ß", "ẞ", "SS", "ss", "ſ", "s",
    "K", "\u212a", "k", "Å", "\u212b", "å", "Ω", "\u2126", "ω", "ς", "σ", "Σ", "ﬁ", "fi", "ﬀ", "ŉ", "İ", "i", "ı", "I", "ǆ", "ǅ", "ᏸ", "Ᏸ",
    "é", "e\u0301", "ﾃﾞ", "デ", "か\u3099", "が", "😀", "👨\u200d👩", "❤\ufe0f", "重\u0336置\u0336", "1\ufe0f\u20e3", "e\u0336", "a b", "a\u3000b",
    "①", "々", "〇", "1", "42", "OPS-42", "ops-7", "_", "-", "/new", "/newer", ",", "，", "。", "…", "～", "!", "!?", "\ud800", "\ufffd", "한", "\u1112\u1161\u11ab",
    "⼈", "人", "\u0345", "ᾳ", "αι", "ΐ", "և", "x\u00a0y", "中 文", "中文", "tab\there", "\x1c", "\x00",
]  # fmt: skip
GLUE = ["", "", "", " ", "\u3000", "\n", "\u200b", "\ufeff", "\u3164", "x", "中"]
ATOMS = [
    "hr", "vpn", "VPN", "重置", "ß", "ss", "ſ", "k", "K", "\u212a", "OPS-", r"\d", r"\d+", r"[A-Z]{2,5}-\d+", r"\b", r"\B", "^", "$", ".", ".*", r"\s",
    "a b", "重置 VPN", " ", r"\p{Han}", r"\p{Lu}", "[ks]", "[^x]", "[a-c]", "😀", r"\pM", "İ", "ı", "ς", "σ", r"\x{FFFD}", "å", "(?i:Å)", r"\w", "人", "(?-i:H)", "[[:upper:]]",
]  # fmt: skip
TEXT_FIELDS = ("text", "quoted", "sender.name", "conversation.title", "file.name")
ID_FIELDS = ("sender", "conversation", "robot", "corp", "type")
IDS = [
    "",
    "u1",
    "U1",
    "u2",
    "hr",
    "ＨＲ",
    "a b",
    "K",
    "\u212a",
    "ſs",
    "text",
    "audio",
    "richText",
    "AUDIO",
    "\ud800",
]


class RandomSets:
    """Makes sets and messages from one source of chance.

    Args:
        seed: the same gives the same.
    """

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311
        pieces = self._chance.sample(PIECES, 25)
        self._pieces = pieces
        self._lists = [self._literals(count) for count in (2, 3, 5, 20, 40)]
        self._id_lists = [tuple(self._chance.sample(IDS[1:-1], 4)), tuple(f"u{n}" for n in range(40))]
        self._named: list[Named] = []
        for name in ("first", "second", "third"):
            self._named.append(Named(SPAN, name, self._condition(3)))

    def rules(self, count: int) -> RuleSet:
        """A set of so many rules, with all kinds of conditions and steps."""
        return RuleSet(
            rules=tuple(self._rule(number) for number in range(count)),
            otherwise=self._chance.choice([None, Fallback(HOME, SPAN, (self._reply(),))]),
            denied=None,
            tests=(),
            zone="Asia/Shanghai",
            entry="random.rules",
            fingerprint="sha256:0",
            sources=SourceMap(),
            complete=True,
        )

    def message(self) -> Message:
        """A message of the pieces that the rules speak of."""
        chance = self._chance
        sender = chance.choice(IDS)
        return Message(
            msg_id=f"msg{chance.randrange(1000)}",
            robot=chance.choice(IDS),
            conversation=chance.choice(IDS),
            group=chance.random() < 0.5,
            text=self._text(chance.choice([0, 1, 1, 2, 4, 12])),
            quoted=self._text(chance.choice([0, 0, 1, 3])),
            sender=sender,
            sender_id=chance.choice(["i1", "i2"]),
            sender_name=self._text(chance.choice([0, 1, 2])),
            conversation_title=self._text(chance.choice([0, 0, 1])),
            file_name=self._text(chance.choice([0, 0, 1])),
            pictures=chance.choice([0, 0, 1]),
            corp=chance.choice(IDS),
            type=chance.choice(["text", "audio", "audio", "picture", "AUDIO", "hr"]),
            mentioned=chance.random() < 0.5,
            admin=chance.random() < 0.3,
            created_at_ms=1_767_700_000_000 + chance.randrange(14 * 86_400_000),
        )

    def _text(self, pieces: int) -> str:
        chance = self._chance
        return "".join(chance.choice(self._pieces) + chance.choice(GLUE) for _ in range(pieces))

    def _literals(self, count: int) -> tuple[str, ...]:
        """Folded literals, as checked rules hold them."""
        literals: list[str] = []
        while len(literals) < count:
            written = "".join(self._chance.choices(self._pieces + PIECES, k=self._chance.choice([1, 1, 2])))
            folded = fold(written)
            if folded and not any("\ud800" <= character <= "\udfff" for character in folded):
                literals.append(folded)
        return tuple(literals)

    def _condition(self, depth: int) -> Condition:
        chance = self._chance
        kind = chance.choice(["test"] * 6 + ["and", "and", "or", "not", "named"] if depth else ["test"])
        match kind:
            case "and" | "or":
                parts = tuple(self._condition(depth - 1) for _ in range(chance.choice([2, 2, 3, 4])))
                return And(SPAN, parts) if kind == "and" else Or(SPAN, parts)
            case "not":
                return Not(SPAN, self._condition(depth - 1))
            case "named" if self._named:
                return chance.choice(self._named)
            case _:
                return self._test()

    def _test(self) -> Condition:
        chance = self._chance
        match chance.choice(
            ["compare"] * 6 + ["matches"] * 4 + ["flag", "empty", "during", "percent", "always"]
        ):
            case "flag":
                return FlagIsSet(
                    SPAN, chance.choice([each for each in FIELDS.values() if each.kind == "flag"])
                )
            case "empty":
                return IsEmpty(SPAN, self._field())
            case "during":
                return During(SPAN, self._hours())
            case "percent":
                subject = chance.choice(["senders", "conversations", "messages"])
                return OfPercent(SPAN, Percent(chance.choice([1, 1000, 5000, 9999, 10_000])), subject)
            case "always":
                return Always(SPAN)
            case "matches":
                regexes = tuple(self._regex() for _ in range(chance.choice([1, 1, 1, 2, 3])))
                return Matches(SPAN, self._field(), regexes)
            case _:
                return self._compare()

    def _compare(self) -> Compare:
        chance = self._chance
        field = self._field()
        operator = chance.choice(
            ["is", "in", "contains", "contains", "contains all", "contains word", "starts with", "starts with word",
             "ends with"]
        )  # fmt: skip
        if operator == "is":
            literals = self._literals(1) if field.kind == "text" else (chance.choice(IDS[1:-1]),)
        elif field.kind == "text":
            literals = chance.choice([self._literals(1), self._literals(1), *self._lists])
        else:
            literals = chance.choice([(chance.choice(IDS[1:-1]),), *self._id_lists])
        return Compare(SPAN, field, operator, literals)

    def _field(self) -> Field:
        chance = self._chance
        names = ["text"] * 8 + list(TEXT_FIELDS) + list(ID_FIELDS)
        return FIELDS[chance.choice(names)]

    def _hours(self) -> Hours:
        days = self._chance.choice(
            [Weekdays(0, 4), Weekdays(4, 0), Dates(date(2026, 1, 7), date(2026, 1, 9))]
        )
        return Hours((HourSpan((days,), ((540, 1080),)),), ZoneInfo("Asia/Shanghai"))

    def _regex(self) -> Regex:
        while True:
            read = read_regex(self._source(2), self._chance.random() < 0.4)
            if isinstance(read, ReadRegex):
                return read.regex

    def _source(self, depth: int) -> str:
        chance = self._chance
        parts: list[str] = []
        for _ in range(chance.choice([1, 2, 2, 3])):
            part = chance.choice(ATOMS)
            if depth and chance.random() < 0.4:
                branches = [self._source(depth - 1) for _ in range(chance.choice([1, 2, 2]))]
                part = f"({'|'.join(branches)})" if chance.random() < 0.8 else f"(?i:{branches[0]})"
                part += chance.choice(["", "", "?", "*", "+", "{2}", "{0,3}"])
            parts.append(part)
        source = "".join(parts)
        if depth == 2 and chance.random() < 0.3:
            source = f"(?P<n>{source})"
        return source + chance.choice(["", "", "", "(?P<m>.)", "x?"]) if depth == 2 else source

    def _rule(self, number: int) -> Rule:
        chance = self._chance
        kind = chance.choice(["take"] * 6 + ["next", "shadow"])
        chains: list[Chain] = [self._reply() for _ in range(chance.choice([0, 1]))]
        match kind:
            case "next":
                chains.append((ChainEntry(Next(SPAN), None),))
            case _ if chance.random() < 0.5:
                chains.append((ChainEntry(Agent(SPAN, "helpdesk", None, None, None), None),))
            case _ if not chains:
                chains.append((ChainEntry(Drop(SPAN, "no"), None),))
        return Rule(HOME, SPAN, f"r{number}", None, kind == "shadow", self._condition(3), tuple(chains))

    def _reply(self) -> Chain:
        return (ChainEntry(Reply(SPAN, Template("ok", SPAN), False, None), None),)
