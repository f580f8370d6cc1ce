"""Decisions become effects: replies to DingTalk, turns of PRX agents, and a journal of both.

journal = MemoryJournal()
agents = AgentPool(settings.agents)
replies = Replies([SessionWebhook(http, settings.dingtalk.webhook_hosts)], per_minute=18)
dispatcher = Dispatcher(journal, agents, replies, observer=print)
await dispatcher.resume()
stored = await dispatcher.accept(decision)      # then acknowledge
await dispatcher.stop(drain=30)
"""

from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk import Replies, Route, SessionWebhook
from prx_dingtalk_router.delivery.dispatch import Dispatcher
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
    Replied,
    StepEvent,
    StepFailed,
    StepStarted,
)
from prx_dingtalk_router.delivery.journal import Entry, EntryKey, Journal, MemoryJournal, Stored
from prx_dingtalk_router.delivery.prx import Agent, AgentPool, PrxClient
from prx_dingtalk_router.delivery.remedies import remedy_of

__all__ = [
    "Accepted",
    "Agent",
    "AgentEnded",
    "AgentFault",
    "AgentPool",
    "AgentStarted",
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
    "Observer",
    "PrxClient",
    "Replied",
    "Replies",
    "Route",
    "SessionWebhook",
    "StepEvent",
    "StepFailed",
    "StepStarted",
    "Stored",
    "SystemClock",
    "remedy_of",
]
