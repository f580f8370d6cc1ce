"""Who speaks where, as laws: one at a time in a conversation, in order, not too many in all, and nobody waits for ever."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from prx_dingtalk_router.delivery.dispatch.floors import Floors

MOST = 3
CONVERSATIONS = [("bot", name) for name in "abcde"]


class Bell:
    """Alarms that ring by hand."""

    def __init__(self):
        self.due = []

    def after(self, seconds, ring):
        """Note it."""
        self.due.append(ring)


class Speaking(RuleBasedStateMachine):
    """Whoever is ready takes the floor; ``lines`` has who waits in each conversation, the speaker first."""

    def __init__(self):
        super().__init__()
        self.bell = Bell()
        self.floors = Floors(self.bell, MOST)
        self.lines = {each: [] for each in CONVERSATIONS}
        self.closed = {}
        self.speakers = {}
        self.number = 0

    def wake(self, conversation, who):
        """Somebody is told that the floor is theirs."""
        assert conversation not in self.speakers
        assert self.floors.take(conversation, who, None)
        self.speakers[conversation] = who

    def waker(self, conversation, who):
        """What calls them."""
        return lambda: self.wake(conversation, who)

    @rule(conversation=st.sampled_from(CONVERSATIONS))
    def want(self, conversation):
        """Somebody new has something to say."""
        self.number += 1
        self.lines[conversation].append(self.number)
        if self.floors.take(conversation, self.number, self.waker(conversation, self.number)):
            assert conversation not in self.speakers
            self.speakers[conversation] = self.number

    @precondition(lambda self: self.speakers)
    @rule(data=st.data())
    def say(self, data):
        """One of those who speak is through."""
        conversation = data.draw(st.sampled_from(sorted(self.speakers)))
        who = self.speakers.pop(conversation)
        self.lines[conversation].remove(who)
        self.floors.leave(conversation, who)

    @precondition(lambda self: self.speakers)
    @rule(data=st.data())
    def be_refused(self, data):
        """A conversation takes nothing for a while."""
        conversation = data.draw(st.sampled_from(sorted(self.speakers)))
        who = self.speakers.pop(conversation)
        before = len(self.bell.due)
        self.closed[conversation] = True
        self.floors.postpone(conversation, who, self.waker(conversation, who), 60.0)
        assert len(self.bell.due) == before + 1
        ring = self.bell.due.pop()
        self.closed[conversation] = ring

    @precondition(lambda self: self.closed)
    @rule(data=st.data())
    def open(self, data):
        """It takes something again."""
        conversation = data.draw(st.sampled_from(sorted(self.closed)))
        self.closed.pop(conversation)()

    @precondition(lambda self: any(self.lines.values()))
    @rule(data=st.data())
    def give_up(self, data):
        """Somebody, who may be speaking, has nothing to say any more."""
        conversation = data.draw(st.sampled_from(sorted(each for each, line in self.lines.items() if line)))
        who = data.draw(st.sampled_from(self.lines[conversation]))
        self.lines[conversation].remove(who)
        if self.speakers.get(conversation) == who:
            del self.speakers[conversation]
        self.floors.leave(conversation, who)

    @invariant()
    def the_first_speaks(self):
        """Who speaks is the first of their line, where the floor is open; not more than may."""
        assert len(self.speakers) <= MOST
        for conversation, who in self.speakers.items():
            assert self.lines[conversation][0] == who
            assert conversation not in self.closed

    @invariant()
    def nobody_waits_for_nothing(self):
        """While fewer speak than may, each open conversation in which somebody wants to speak is spoken in."""
        if len(self.speakers) < MOST:
            for conversation, line in self.lines.items():
                assert not line or conversation in self.speakers or conversation in self.closed

    @invariant()
    def quiet_conversations_are_forgotten(self):
        """Nothing is kept of a conversation in which nobody speaks, waits, or is refused."""
        busy = {each for each, line in self.lines.items() if line} | set(self.closed)
        assert set(self.floors._floors) == busy
        assert self.floors.is_anybody_postponed == any(self.lines[each] for each in self.closed)


Speaking.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestSpeaking = Speaking.TestCase
