"""The tables of a journal in SQLite, as this version makes and expects them.

``entry`` has a row a message, ``step`` and ``turn`` what was done about it, ``window`` the counts of ``at most``, ``forget`` where
people began anew, ``calls`` what DingTalk counts, by day, ``reaction`` which messages may carry one, ``sent`` what the robot said.
There is no index of senders: every message would change another page of it, which took half the time of storing; who asks for a
person looks through the time asked for. A secret, the session webhook, stands in a column of its own and nowhere else, so that it can be removed.
"""

from __future__ import annotations

APPLICATION_ID = 0x50525844
"""What SQLite notes in the file as its kind: ``PRXD``."""

VERSION = 10
"""Of the tables; each change of them gets the next number and a step in ``migrations``."""

TABLES = """
CREATE TABLE entry (
    arrival            INTEGER PRIMARY KEY,
    robot              TEXT    NOT NULL,
    msg_id             TEXT    NOT NULL,
    state              TEXT    NOT NULL,
    revision           INTEGER NOT NULL,
    stored_at_ms       INTEGER NOT NULL,
    finished_at_ms     INTEGER,
    sender             TEXT    NOT NULL,
    reason             TEXT,
    webhook            TEXT,
    webhook_expires_ms INTEGER,
    decision           BLOB    NOT NULL,
    callback           TEXT    NOT NULL,
    cancelled          INTEGER NOT NULL DEFAULT 0,
    carrier            TEXT,
    earlier            TEXT
);
CREATE UNIQUE INDEX entry_key ON entry (robot, msg_id);
CREATE INDEX entry_time ON entry (stored_at_ms);
CREATE INDEX entry_open ON entry (arrival) WHERE state IN ('queued', 'running');
CREATE INDEX entry_dead ON entry (arrival) WHERE state = 'dead';
CREATE INDEX entry_carrier ON entry (robot, carrier) WHERE carrier IS NOT NULL;
CREATE INDEX entry_webhook ON entry (webhook_expires_ms) WHERE webhook IS NOT NULL;

CREATE TABLE step (
    arrival     INTEGER NOT NULL,
    rule        TEXT    NOT NULL,
    position    TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    parts       INTEGER NOT NULL,
    failure     TEXT,
    posting     INTEGER NOT NULL DEFAULT 0,
    route       TEXT    NOT NULL DEFAULT '',
    begun_at_ms INTEGER NOT NULL DEFAULT 0,
    at_ms       INTEGER NOT NULL DEFAULT 0,
    due_at_ms   INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX step_key ON step (arrival, rule, position);

CREATE TABLE turn (
    arrival          INTEGER NOT NULL,
    rule             TEXT    NOT NULL,
    position         TEXT    NOT NULL,
    attempt          INTEGER NOT NULL,
    agent            TEXT    NOT NULL,
    session          TEXT    NOT NULL,
    key              TEXT    NOT NULL,
    body             BLOB    NOT NULL,
    state            TEXT    NOT NULL,
    dispatched_at_ms INTEGER NOT NULL,
    sent_at_ms       INTEGER,
    job_id           TEXT,
    daemon_pid       INTEGER,
    daemon_uptime    REAL,
    daemon_at_ms     INTEGER,
    answer           TEXT,
    failure          TEXT,
    noticed          INTEGER NOT NULL,
    cancel_asked     INTEGER NOT NULL,
    other_jobs       TEXT    NOT NULL,
    at_ms            INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX turn_key ON turn (arrival, rule, position, attempt);
CREATE INDEX turn_at_work ON turn (arrival) WHERE state IN ('sent', 'accepted');
CREATE INDEX turn_job ON turn (job_id) WHERE job_id IS NOT NULL;

CREATE TABLE "window" (
    rule     TEXT    NOT NULL,
    position TEXT    NOT NULL,
    scope    TEXT    NOT NULL,
    arrival  INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL
);
CREATE UNIQUE INDEX window_key ON "window" (rule, position, scope, arrival);
CREATE INDEX window_time ON "window" (at_ms);

CREATE TABLE forget (
    robot        TEXT    NOT NULL,
    conversation TEXT    NOT NULL,
    sender       TEXT    NOT NULL,
    arrival      INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    rule         TEXT    NOT NULL,
    position     TEXT    NOT NULL,
    count        INTEGER NOT NULL
);
CREATE UNIQUE INDEX forget_key ON forget (arrival, rule, position);

CREATE TABLE calls (
    day     TEXT    NOT NULL,
    robot   TEXT    NOT NULL,
    meter   TEXT    NOT NULL,
    calls   INTEGER NOT NULL,
    alerted INTEGER NOT NULL,
    PRIMARY KEY (day, robot, meter)
) WITHOUT ROWID;

CREATE TABLE reaction (
    robot        TEXT    NOT NULL,
    msg_id       TEXT    NOT NULL,
    conversation TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    at_ms        INTEGER NOT NULL,
    tries        INTEGER NOT NULL
);
CREATE UNIQUE INDEX reaction_key ON reaction (robot, msg_id);

CREATE TABLE sent (
    robot             TEXT    NOT NULL,
    conversation      TEXT    NOT NULL,
    at_ms             INTEGER NOT NULL,
    words             TEXT    NOT NULL,
    process_query_key TEXT
);
CREATE INDEX sent_place ON sent (conversation, at_ms);
CREATE INDEX sent_key ON sent (process_query_key) WHERE process_query_key IS NOT NULL;
"""
