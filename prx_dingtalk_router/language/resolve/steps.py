"""Steps: which may stand where, guards, agents, mentions (language.md section 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from prx_dingtalk_router.calendar.durations import parse_duration
from prx_dingtalk_router.decision.model import BusyMode, Guard, Mention, Progress, SessionScope
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.misplaced_step import MisplacedStep, PlaceReason
from prx_dingtalk_router.language.diagnostics.never_busy import NeverBusy
from prx_dingtalk_router.language.diagnostics.option_twice import OptionTwice
from prx_dingtalk_router.language.diagnostics.wrong_duration import WrongDuration
from prx_dingtalk_router.language.diagnostics.wrong_guard import WrongGuard
from prx_dingtalk_router.language.resolve.agents import AgentResolver
from prx_dingtalk_router.language.resolve.inventory import WrittenGuard
from prx_dingtalk_router.language.resolve.templates import TemplateResolver
from prx_dingtalk_router.language.resolve.values import ValueResolver
from prx_dingtalk_router.language.ruleset import (
    Agent,
    Cancel,
    Chain,
    ChainEntry,
    Drop,
    Forget,
    Next,
    Reply,
    Step,
)
from prx_dingtalk_router.language.semantics.groups import Groups
from prx_dingtalk_router.language.source import Place, Span
from prx_dingtalk_router.language.syntax.ast import (
    AgentNode,
    DropNode,
    Entry,
    GuardNode,
    MentionNode,
    Name,
    PlainStepNode,
    ReplyNode,
    String,
    TextValue,
)
from prx_dingtalk_router.language.syntax.ast import Chain as ChainNode
from prx_dingtalk_router.message import FIELDS

Home = Literal["rule", "otherwise", "denied"]

MAX_WINDOW_SECONDS = 24 * 3600.0
MAX_COUNT = 1_000_000_000


@dataclass(slots=True)
class StepResolver:
    """Resolves the steps of rules, ``otherwise`` and ``denied``."""

    values: ValueResolver
    templates: TemplateResolver
    agents: AgentResolver
    diagnostics: Diagnostics
    guards: dict[Place, WrittenGuard] = field(default_factory=dict)
    """All guards, by the places of their steps."""
    mentions: dict[Place, Place] = field(default_factory=dict)
    """Where replies say whom they mention, by the places of the replies."""

    def resolve(self, chains: Sequence[ChainNode], home: Home, groups: Groups) -> tuple[Chain, ...]:
        """Return the checked chains; report what is wrong and leave it out."""
        self._places(chains, home)
        resolved = (
            tuple(
                entry
                for at, written in enumerate(chain.entries)
                if (entry := self._entry(written, groups, in_else=at > 0)) is not None
            )
            for chain in chains
        )
        return tuple(chain for chain in resolved if chain)

    # ---- which step may stand where

    def _places(self, chains: Sequence[ChainNode], home: Home) -> None:
        last = len(chains) - 1
        for at, chain in enumerate(chains):
            if home == "denied" and len(chain.entries) > 1:
                self.diagnostics.add(MisplacedStep(chain.entries[1].span, "else-in-denied"))
            for depth, entry in enumerate(chain.entries):
                problem = self._problem(chains, at, depth, entry, home, is_last=at == last)
                if problem is not None:
                    self.diagnostics.add(MisplacedStep(entry.step.span, problem))

    def _problem(
        self, chains: Sequence[ChainNode], at: int, depth: int, entry: Entry, home: Home, *, is_last: bool
    ) -> PlaceReason | None:
        """Return why a step may not be where it is, if it may not."""
        chain, step = chains[at], entry.step
        if home == "denied" and not isinstance(step, ReplyNode | DropNode):
            return "only-reply-or-drop"
        match step:
            case AgentNode() if not is_last:
                return "agent-not-last"
            case DropNode() if depth + 1 < len(chain.entries):
                return "drop-not-last"
            case DropNode() if depth == 0 and len(chains) > 1:
                return "drop-not-alone"
            case DropNode() if not is_last:
                return "drop-not-last"
            case DropNode() if entry.guard is not None:
                return "drop-with-guard"
            case PlainStepNode(kind="next"):
                return self._problem_of_next(chains, chain, depth, entry, home, is_last=is_last)
            case _:
                return None

    def _problem_of_next(
        self,
        chains: Sequence[ChainNode],
        chain: ChainNode,
        depth: int,
        entry: Entry,
        home: Home,
        *,
        is_last: bool,
    ) -> PlaceReason | None:
        if home == "otherwise":
            return "next-in-otherwise"
        if depth or len(chain.entries) > 1:
            return "next-in-chain"
        if not is_last:
            return "next-not-last"
        if entry.guard is not None:
            return "next-with-guard"
        others = (each.step for earlier in chains[:-1] for each in earlier.entries)
        # An `agent` or `drop` before another step is reported itself.
        return "next-after-other" if any(isinstance(step, PlainStepNode) for step in others) else None

    # ---- single entries

    def _entry(self, written: Entry, groups: Groups, *, in_else: bool) -> ChainEntry | None:
        guard = self._guard(written.guard) if written.guard is not None else None
        if guard is not None and written.guard is not None:
            of_step = self.diagnostics.place(written.step.span)
            self.guards[of_step] = WrittenGuard(self.diagnostics.place(written.guard.span), guard)
        step = self._step(written, groups, in_else=in_else)
        return ChainEntry(step, guard) if step is not None else None

    def _step(self, written: Entry, groups: Groups, *, in_else: bool) -> Step | None:
        node = written.step
        match node:
            case AgentNode():
                return self._agent(node, groups, in_else=in_else)
            case ReplyNode():
                return self._reply(node, groups, in_else=in_else)
            case DropNode():
                return Drop(node.span, node.reason.value if node.reason is not None else None)
            case PlainStepNode(kind="forget"):
                return Forget(node.span)
            case PlainStepNode(kind="cancel"):
                return Cancel(node.span)
            case PlainStepNode():
                return Next(node.span)

    def _agent(self, node: AgentNode, groups: Groups, *, in_else: bool) -> Agent:
        self.agents.step(node.agent)
        template, timeout, session = None, None, None
        progress: Progress | None = None
        while_busy: BusyMode = "queue"
        busy_reply: Reply | None = None
        busy: Span | None = None
        seen: dict[str, TextValue | ReplyNode | str] = {}
        for option in node.options:
            if option.kind in seen:
                # Texts have places, by which no two are the same.
                same = seen[option.kind] == option.value
                self.diagnostics.add(OptionTwice(option.span, option.kind, same))
            seen[option.kind] = option.value
            if option.kind == "with":
                assert isinstance(option.value, String | Name)
                template = self.templates.resolve(option.value, groups, in_else=in_else)
            elif option.kind == "timeout":
                timeout = self._duration(str(option.value), option.span)
            elif option.kind == "session":
                session = cast("SessionScope", str(option.value))
            elif option.kind == "progress":
                progress = cast("Progress", str(option.value))
            elif isinstance(option.value, ReplyNode):
                busy = option.span
                busy_reply = self._reply(option.value, groups, in_else=True)
                while_busy = "reply" if busy_reply is not None else "queue"
            else:
                busy, while_busy = option.span, cast("BusyMode", str(option.value))
        if busy is not None and session == "message":
            self.diagnostics.add(NeverBusy(busy))
            while_busy, busy_reply = "queue", None
        return Agent(
            node.span, node.agent.value, template, timeout, session, while_busy, busy_reply, progress
        )

    def _reply(self, node: ReplyNode, groups: Groups, *, in_else: bool) -> Reply | None:
        template = self.templates.resolve(node.template, groups, in_else=in_else)
        mention = None
        if node.mention is not None:
            mention = self._mention(node.mention)
            place = self.diagnostics.place
            self.mentions[place(node.span)] = place(node.mention.span)
        return Reply(node.span, template, node.markdown, mention) if template is not None else None

    def _mention(self, node: MentionNode) -> Mention:
        """Return whom a reply mentions; where nobody is named, the sender."""
        staff_ids = () if node.value is None else self.values.literals(node.value, FIELDS["sender"])
        return Mention(sender=not staff_ids, staff_ids=staff_ids)

    def _guard(self, node: GuardNode) -> Guard:
        count = int(node.count) if len(node.count) < 12 else MAX_COUNT + 1
        if not 1 <= count <= MAX_COUNT:
            self.diagnostics.add(WrongGuard(node.span, "count"))
        per = self._duration(node.per, node.span) or MAX_WINDOW_SECONDS
        if per > MAX_WINDOW_SECONDS:
            self.diagnostics.add(WrongGuard(node.span, "window"))
        return Guard(count, per, node.scope)

    def _duration(self, written: str, span: Span) -> float | None:
        seconds = parse_duration(written)
        if not seconds:
            self.diagnostics.add(WrongDuration(span, written))
            return None
        return seconds
