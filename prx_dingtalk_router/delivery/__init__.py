"""Decisions become effects: replies to DingTalk, turns of PRX agents, and a journal of both.

journal = SqliteJournal(settings.journal.path, settings.journal.retention)
await journal.claim()
agents = AgentPool(settings.agents)
replies = Replies([SessionWebhook(http, settings.dingtalk.webhook_hosts)], per_minute=18)
dispatcher = Dispatcher(journal, agents, replies, observers=[print])
await dispatcher.resume()
stored = await dispatcher.accept_all([to_carry_out(decision, callback)])      # then acknowledge
await dispatcher.stop(drain=30)
"""

from prx_dingtalk_router.delivery.advice import advice_on
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk import (
    Budget,
    CallLedger,
    Calls,
    Meter,
    Replies,
    Route,
    SessionWebhook,
)
from prx_dingtalk_router.delivery.dispatch import Dispatcher, to_carry_out, undecided
from prx_dingtalk_router.delivery.events import (
    Accepted,
    AgentEnded,
    AgentFault,
    AgentStarted,
    Dead,
    DeliveryEvent,
    Done,
    Dropped,
    Duplicate,
    LateAnswer,
    Limited,
    Observer,
    Repeated,
    Replied,
    Resumed,
    StepEvent,
    StepFailed,
    StepStarted,
)
from prx_dingtalk_router.delivery.journal import (
    Entry,
    EntryKey,
    Journal,
    MemoryJournal,
    NewEntry,
    SqliteJournal,
    Stored,
)
from prx_dingtalk_router.delivery.prx import Agent, AgentPool, PrxClient

__all__ = [
    "Accepted",
    "Agent",
    "AgentEnded",
    "AgentFault",
    "AgentPool",
    "AgentStarted",
    "Budget",
    "CallLedger",
    "Calls",
    "Clock",
    "Dead",
    "DeliveryEvent",
    "Dispatcher",
    "Done",
    "Dropped",
    "Duplicate",
    "Entry",
    "EntryKey",
    "Journal",
    "LateAnswer",
    "Limited",
    "MemoryJournal",
    "Meter",
    "NewEntry",
    "Observer",
    "PrxClient",
    "Repeated",
    "Replied",
    "Replies",
    "Resumed",
    "Route",
    "SessionWebhook",
    "SqliteJournal",
    "StepEvent",
    "StepFailed",
    "StepStarted",
    "Stored",
    "SystemClock",
    "advice_on",
    "to_carry_out",
    "undecided",
]
