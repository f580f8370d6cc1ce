"""Decisions become effects: replies to DingTalk, turns of PRX agents, and a journal of both.

journal = SqliteJournal(settings.journal.path, settings.journal.retention)
await journal.claim()
agents = AgentPool(settings.agents)
api = OpenApi(http, api_base, AccessToken(http, api_base, client_id, client_secret))
replies = Replies([SessionWebhook(http, webhook_hosts), RobotApi(api)], per_minute=18)
dispatcher = Dispatcher(journal, agents, replies, observers=[print])
await dispatcher.resume()
stored = await dispatcher.accept_all([to_carry_out(decision, callback)])      # then acknowledge
await dispatcher.stop(drain=30)
"""

from prx_dingtalk_router.delivery.advice import advice_on
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk import (
    AccessToken,
    AddressBan,
    Budget,
    BudgetEvent,
    BudgetNearlySpent,
    BudgetSpent,
    CallKeeping,
    CallLedger,
    Calls,
    Meter,
    MonthOfMeter,
    OpenApi,
    Replies,
    RobotApi,
    RobotReactions,
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
    ReactionChanged,
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
from prx_dingtalk_router.delivery.quotes import Quotes

__all__ = [
    "Accepted",
    "AccessToken",
    "AddressBan",
    "Agent",
    "AgentEnded",
    "AgentFault",
    "AgentPool",
    "AgentStarted",
    "Budget",
    "BudgetEvent",
    "BudgetNearlySpent",
    "BudgetSpent",
    "CallKeeping",
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
    "MonthOfMeter",
    "NewEntry",
    "Observer",
    "OpenApi",
    "PrxClient",
    "Quotes",
    "ReactionChanged",
    "Repeated",
    "Replied",
    "Replies",
    "Resumed",
    "RobotApi",
    "RobotReactions",
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
