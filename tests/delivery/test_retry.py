"""The retry table, row by row (prx-gateway.md section 15.2)."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.delivery.prx.outcome import Answered, Failed, NotStarted, Unknown
from prx_dingtalk_router.delivery.prx.retry import Dispatching, End, Look, Poll, Resend
from prx_dingtalk_router.delivery.prx.signals import Interrupted, NotReady, Response, Row, Unsent, row

ERROR = {"error": "no"}

ROWS = [
    (Unsent(), Row.UNSENT, Resend, None),
    (NotReady(), Row.NOT_READY, Resend, None),
    (Interrupted(), Row.INTERRUPTED, Resend, None),
    (Response(502, None), Row.INTERRUPTED, Resend, None),
    (Response(504, {"error": "gateway"}), Row.INTERRUPTED, Resend, None),
    (Response(503, None), Row.INTERRUPTED, Resend, None),
    (Response(503, {"message": "foreign"}), Row.INTERRUPTED, Resend, None),
    (Response(202, {"status": "accepted", "job_id": "j1"}), Row.ACCEPTED, Poll, None),
    (Response(200, {"response": "ok"}), Row.ANSWERED, End, Answered),
    (Response(200, {"status": "duplicate", "response": "ok"}), Row.ANSWERED, End, Answered),
    (Response(202, {"status": "accepted"}), Row.STARTED, Look, Unknown),
    (Response(202, {"job_id": ""}), Row.STARTED, Look, Unknown),
    (Response(202, {"job_id": 7}), Row.STARTED, Look, Unknown),
    (Response(200, {"status": "duplicate", "idempotent": True}), Row.STARTED, Look, Unknown),
    (Response(200, {"response": None}), Row.STARTED, Look, Unknown),
    (Response(200, {"response": ["ok"]}), Row.STARTED, Look, Unknown),
    (Response(200, {}), Row.STARTED, Look, Unknown),
    (Response(200, {"job_id": "j1"}), Row.ACCEPTED, Poll, None),
    (Response(202, None), Row.MISCONFIGURED, End, NotStarted),
    (Response(400, ERROR), Row.BAD_REQUEST, End, NotStarted),
    (Response(413, None), Row.TOO_LARGE, End, NotStarted),
    (Response(401, ERROR), Row.MISCONFIGURED, End, NotStarted),
    (Response(403, ERROR), Row.MISCONFIGURED, End, NotStarted),
    (Response(405, None), Row.MISCONFIGURED, End, NotStarted),
    (Response(200, None), Row.MISCONFIGURED, End, NotStarted),
    (Response(302, None), Row.MISCONFIGURED, End, NotStarted),
    (Response(409, {"status": "processing"}), Row.PROCESSING, Resend, None),
    (Response(409, {"status": "retry_unavailable"}), Row.RETRY_UNAVAILABLE, End, Failed),
    (Response(409, {"status": "replay_unavailable"}), Row.REPLAY_UNAVAILABLE, Look, Failed),
    (Response(409, {"status": "request_conflict"}), Row.CONFLICT, End, Failed),
    (Response(409, {"status": "something new"}), Row.RESULT_LOST, End, Unknown),
    (Response(429, {"error": "slow down", "retry_after": 3}), Row.RATE_LIMITED, Resend, None),
    (Response(500, ERROR), Row.FAILED, End, Failed),
    (Response(503, {"error": "full", "retryable": True}), Row.STORE_FULL, Resend, None),
    (Response(503, {"error": "killed", "status": "cancelled"}), Row.CANCELLED, End, Failed),
    (Response(503, ERROR), Row.RESULT_LOST, End, Unknown),
]


def _table(**given):
    return Dispatching(**{"reach_for": 15.0, "jitter": lambda: 0.0, **given})


@pytest.mark.parametrize(("signal", "expected", "action", "outcome"), ROWS)
def test_each_signal_has_its_row_and_action(signal, expected, action, outcome):
    """Every signal falls into its row of the table, and leads to that row's action."""
    assert row(signal) is expected
    taken = _table().on(signal, 0.0)
    assert isinstance(taken, action)
    if isinstance(taken, End):
        assert isinstance(taken.outcome, outcome)
    if isinstance(taken, Look):
        assert isinstance(taken.otherwise, outcome)


def test_every_row_has_an_action():
    """No row is without an action in the table."""
    assert {expected for _, expected, _, _ in ROWS} == set(Row)


def test_backoff_doubles_and_the_reach_ends_it():
    """An unreachable daemon is tried after 1, 2, 4 … seconds, a last time at the end of the reach, and then given up."""
    table = _table(reach_for=12.0, jitter=lambda: 1.0)
    waits, elapsed = [], 0.0
    while isinstance(action := table.on(Unsent(), elapsed), Resend):
        assert not action.verify
        waits.append(action.after)
        elapsed += action.after
    assert waits == [1.0, 2.0, 4.0, 5.0]
    assert action == End(NotStarted(action.outcome.reason))
    assert action.outcome.reason.key == "delivery.unreachable"


@pytest.mark.parametrize(
    ("elapsed", "action"),
    [
        (13.0, Resend(2.0)),  # exactly within the reach
        (13.5, Resend(1.5)),  # a last try at its end
        (14.85, Resend(pytest.approx(0.15))),
        (14.95, None),  # too little is left for a meaningful wait
        (15.0, None),
        (20.0, None),
    ],
)
def test_the_edges_of_the_reach(elapsed, action):
    """A try that fits into the reach is made, one last at its end, and none after it."""
    table = _table(reach_for=15.0, jitter=lambda: 1.0)
    table.on(Unsent(), 0.0)
    taken = table.on(Unsent(), elapsed)
    if action is None:
        assert isinstance(taken, End)
        assert taken.outcome.reason.key == "delivery.unreachable"
    else:
        assert taken == action


@pytest.mark.parametrize("signal", [Response(429, {"retry_after": 5}), Response(503, {"retryable": True})])
def test_whoever_is_told_to_wait_again_and_again_is_refused_in_the_end(signal):
    """Waits that were told add up to the patience at most; then another agent may be asked."""
    table = _table(throttled_for=30.0)
    elapsed, waits = 0.0, 0
    while isinstance(action := table.on(signal, elapsed), Resend):
        elapsed += action.after
        waits += 1
        assert waits < 100
    assert elapsed <= 30.0
    assert waits == 6
    assert isinstance(action, End)
    assert isinstance(action.outcome, NotStarted)


def test_after_an_interruption_nothing_proves_that_it_did_not_start():
    """Once a request may have arrived, resends are verified, and no refusal counts as "not started"."""
    table = _table()
    first = table.on(Interrupted(), 0.1)
    assert isinstance(first, Resend)
    assert first.verify
    for signal in (Response(401, ERROR), Response(400, ERROR), Unsent()):
        action = table.on(signal, 15.0)
        assert isinstance(action, Look)
        assert isinstance(action.otherwise, Unknown)


def test_processing_is_asked_again_however_long_it_takes():
    """A running turn without job id is asked after 2, 4, 8, 15, 15 s, long after the reach is over."""
    table = _table(reach_for=1.0)
    processing = Response(409, {"status": "processing"})
    actions = [table.on(processing, 100.0) for _ in range(5)]
    assert [action.after for action in actions] == [2.0, 4.0, 8.0, 15.0, 15.0]
    assert all(action.verify and action.look for action in actions)


@pytest.mark.parametrize(
    ("response", "wait"),
    [
        (Response(429, {"retry_after": 7}, retry_after=3.0), 3.0),
        (Response(429, {"retry_after": 7}), 7.0),
        (Response(429, {"retry_after": "soon"}), 60.0),
        (Response(429, {"retry_after": True}), 60.0),
        (Response(429, {"retry_after": 3600}), 3600.0),
        (Response(429, {"retry_after": 3601}), 60.0),
        (Response(429, {"retry_after": 10**400}), 60.0),
        (Response(429, {"retry_after": -1}), 60.0),
        (Response(429, {"retry_after": float("nan")}), 60.0),
        (Response(429, None), 60.0),
    ],
)
def test_a_rate_limit_says_how_long(response, wait):
    """The wait after a 429 is the header's, else the body's, else a minute."""
    assert _table(throttled_for=7200.0).on(response, 0.0) == Resend(wait)


def test_a_wait_longer_than_the_patience_is_a_refusal():
    """A 429 whose wait does not fit ends as busy, so that an alternative may be taken at once."""
    action = _table(reach_for=15.0).on(Response(429, {"retry_after": 60}), 0.0)
    assert isinstance(action, End)
    assert isinstance(action.outcome, NotStarted)
    assert action.outcome.reason.key == "delivery.busy"


def test_what_is_in_the_way_is_told():
    """The last refusal says why a turn waits; nothing does before the first."""
    table = _table()
    assert table.hindrance is None
    table.on(Unsent(), 0.0)
    assert table.hindrance.key == "delivery.unreachable"
    table.on(Response(429, {"retry_after": 1}), 1.0)
    assert table.hindrance.key == "delivery.busy"


@pytest.mark.parametrize("status", [401, 403, 405])
def test_configuration_faults_alert(status):
    """What only an operator can mend is marked as such."""
    action = _table().on(Response(status, ERROR), 0.0)
    assert isinstance(action, End)
    assert isinstance(action.outcome, NotStarted)
    assert action.outcome.alert
