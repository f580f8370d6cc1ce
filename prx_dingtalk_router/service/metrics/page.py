"""The metrics page: counters of all parts, collected when they are asked for (interfaces.md section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from prx_dingtalk_router.service.metrics.busiest import Busiest
from prx_dingtalk_router.service.metrics.distribution import Distribution
from prx_dingtalk_router.service.observed import Observed

PREFIX = "prx_router_"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class MetricsPage:
    """Shows what is counted of one router.

    Args:
        observed: the parts of the router.
    """

    def __init__(self, observed: Observed) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._collector = _Collector(observed)
        self._registry.register(self._collector)
        ProcessCollector(registry=self._registry)

    async def text(self) -> bytes:
        """Return the page."""
        await self._collector.look()
        return generate_latest(self._registry)


class _Collector(Collector):
    def __init__(self, observed: Observed) -> None:
        self._observed = observed
        self._rows: Mapping[str, int] = {}

    async def look(self) -> None:
        """Ask for what only the journal knows."""
        self._rows = await self._observed.journal_rows()

    def collect(self) -> Iterator[Metric]:
        """Give all metrics."""
        yield from self._messages()
        yield from self._stream()
        yield from self._delivery()
        yield from self._month()
        yield from self._rules()

    def _messages(self) -> Iterator[Metric]:
        tally, counters = self._observed.tally, self._observed.intake
        yield _counter("messages", "messages decided", ("outcome",), _labelled(counters.outcomes))
        yield _counter(
            "rule_matches",
            "messages that a rule held for; the busiest rules, and the others together",
            ("rule", "mode"),
            [*_series(tally.matches, "live"), *_series(tally.shadow_matches, "shadow")],
        )
        yield _counter(
            "limited",
            "steps whose guard had no room",
            ("rule",),
            [((n,), c) for n, c in tally.limited.series()],
        )
        yield _counter("duplicates", "messages delivered again", (), [((), counters.duplicates)])
        yield _counter("quotes", "quotes that came without words", ("result",), _labelled(counters.quotes))
        yield _counter("unreadable", "callbacks that could not be read", (), [((), counters.unreadable)])
        yield _counter("unstored", "callbacks that got no answer", (), [((), counters.unstored)])
        yield _histogram("decide_seconds", "how long deciding took", (), [((), counters.decide_seconds)])
        yield _histogram(
            "ack_seconds", "from a frame to its acknowledgement", (), [((), counters.ack_seconds)]
        )

    def _stream(self) -> Iterator[Metric]:
        client = self._observed.client
        counters = client.counters
        yield _counter("frames", "frames received", ("type",), _labelled(counters.frames))
        yield _counter("acks", "frames acknowledged", ("code",), _labelled(counters.acks))
        yield _gauge("stream_connected", "whether a connection is open", [((), float(client.connected))])
        yield _counter(
            "stream_reconnects", "connections replaced", ("reason",), _labelled(counters.reconnects)
        )

    def _delivery(self) -> Iterator[Metric]:
        tally, observed = self._observed.tally, self._observed
        yield _histogram(
            "agent_seconds",
            "how long turns of an agent took",
            ("agent",),
            [((agent,), seconds) for agent, seconds in tally.agent_seconds.items()],
        )
        yield _counter(
            "agent_results", "how turns of an agent ended", ("agent", "result"), tally.agent_results.items()
        )
        agents = list(observed.agents)
        yield _gauge(
            "agent_in_flight",
            "turns that run",
            [((agent.name,), agent.room.inside) for agent in agents],
            ("agent",),
        )
        yield _gauge(
            "agent_reachable",
            "0 while an agent cannot be reached or refuses the router",
            [
                ((agent.name,), float(not agent.breaker.is_open and agent.breaker.fault is None))
                for agent in agents
            ],
            ("agent",),
        )
        yield _counter("replies", "posts to conversations", ("route", "result"), tally.replies.items())
        yield _counter(
            "reactions",
            "reactions that show that an agent is at work, by what became of them",
            ("result",),
            _labelled(tally.reactions),
        )
        yield _counter("dead", "messages that could not be delivered", ("reason",), _labelled(tally.dead))
        yield _gauge("journal_rows", "messages in the journal", _labelled(self._rows), ("state",))
        yield _gauge(
            "waiting",
            "what waits: replies for the rate of their conversation, messages for a session or an agent, frames",
            [((what,), count) for what, count in observed.waiting().items()],
            ("what",),
        )

    def _month(self) -> Iterator[Metric]:
        meters = self._observed.engine.calls.meters()
        of_meter = ("meter",)
        for name, words, values in (
            ("month_calls", "what DingTalk counts, this month", [each.used for each in meters]),
            ("month_calls_limit", "what the month grants; 0: unlimited", [each.limit for each in meters]),
            (
                "month_calls_expected",
                "at the end of the month, as it goes",
                [each.expected for each in meters],
            ),
            (
                "month_calls_used_up",
                "1 once DingTalk says that the month is used up",
                [float(each.used_up) for each in meters],
            ),
            (
                "month_progress",
                "whether progress is in order still",
                [float(each.progress) for each in meters],
            ),
        ):
            samples = [((each.meter.value,), value) for each, value in zip(meters, values, strict=True)]
            yield _gauge(name, words, samples, of_meter)

    def _rules(self) -> Iterator[Metric]:
        reloader = self._observed.reloader
        running, counters = reloader.running, reloader.counters
        yield _gauge("rules_loaded", "rules in force", [((), running.rules)])
        yield _counter("rules_reload", "reloads", ("result",), _labelled(counters.results))
        yield _gauge(
            "rules_last_reload_timestamp_seconds",
            "when rules came into force",
            [((), counters.last_applied_at)],
        )
        yield _gauge("rules_info", "the rules in force", [((running.fingerprint,), 1)], ("fingerprint",))
        yield _gauge(
            "rules_refused",
            "1 while the files hold something that is not in force",
            [((), float(reloader.differs))],
        )


Samples = Iterable[tuple[tuple[str, ...], float]]


def _labelled(counts: Mapping[str, int] | Mapping[int, int]) -> Samples:
    return [((str(key),), count) for key, count in counts.items()]


def _series(busiest: Busiest, mode: str) -> Samples:
    return [((name, mode), count) for name, count in busiest.series()]


def _counter(name: str, words: str, labels: tuple[str, ...], samples: Samples) -> Metric:
    metric = CounterMetricFamily(PREFIX + name, words, labels=labels)
    for values, count in samples:
        metric.add_metric(values, count)
    return metric


def _gauge(name: str, words: str, samples: Samples, labels: tuple[str, ...] = ()) -> Metric:
    metric = GaugeMetricFamily(PREFIX + name, words, labels=labels)
    for values, count in samples:
        metric.add_metric(values, count)
    return metric


def _histogram(
    name: str, words: str, labels: tuple[str, ...], samples: Iterable[tuple[tuple[str, ...], Distribution]]
) -> Metric:
    metric = HistogramMetricFamily(PREFIX + name, words, labels=labels)
    for values, spread in samples:
        metric.add_metric(values, buckets=spread.cumulative(), sum_value=spread.total)
    return metric
