"""What an operator reads, and what a program reads, of the same event; nothing secret in either."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import text, use_language
from prx_dingtalk_router.service import configure_logs, log
from prx_dingtalk_router.service.logs import log_defect

SECRETS = {
    "webhook": ("https://oapi.dingtalk.com/robot/sendBySession?session=5e55i0n", "5e55i0n"),
    "bearer": ("Authorization: Bearer t0k3n", "t0k3n"),
    "client secret": ('{"clientSecret": "cl13nt"}', "cl13nt"),
    "ticket": ("wss://wss-open.dingtalk.com/connect?ticket=t1ck3t", "t1ck3t"),
    "proxy": ("http://me:pr0xy@proxy:8080", "pr0xy"),
}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture
def stream() -> io.StringIO:
    """Where logs go."""
    return io.StringIO()


def test_a_line_of_json_is_an_event(stream: io.StringIO) -> None:
    """A program gets a stable event name, level, time in UTC, the sentence and every field."""
    configure_logs("info", "json", stream)
    log("warning", "replied", msg_id="m1", result="refused", route="webhook", rule="vpn", reason="因为")
    (line,) = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", entry.pop("time"))
    assert entry == {
        "event": "replied",
        "level": "warning",
        "text": "reply to m1: refused (webhook)",
        "msg_id": "m1",
        "result": "refused",
        "route": "webhook",
        "rule": "vpn",
        "reason": "因为",
    }
    assert "因为" in line


def test_a_person_reads_a_sentence(stream: io.StringIO) -> None:
    """Text has time, level, the sentence in the language of the process, and only what it does not say already."""
    use_language("zh")
    configure_logs("info", "text", stream)
    log("info", "replied", msg_id="m1", result="sent", route="webhook", rule="vpn", reason="")
    line = stream.getvalue()
    assert re.match(r"\d\d:\d\d:\d\d INFO    回复 m1：sent（webhook）  rule=vpn\n$", line)


def test_the_format_follows_the_terminal() -> None:
    """``auto`` is text on a terminal and JSON elsewhere."""
    terminal, pipe = Terminal(), io.StringIO()
    for out in (terminal, pipe):
        configure_logs("info", "auto", out)
        log("info", "connected")
    assert terminal.getvalue().endswith("connected to DingTalk\n")
    assert json.loads(pipe.getvalue())["event"] == "connected"


@pytest.mark.parametrize(
    ("level", "told"),
    [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)],
)
def test_the_level_is_the_least_that_is_told(stream: io.StringIO, level: str, told: int) -> None:
    """Events and engineers' lines below the level are left out."""
    configure_logs(level, "json", stream)
    for each in ("debug", "info", "warning", "error"):
        log(each, "connected")  # type: ignore[arg-type]
        logging.getLogger("prx_dingtalk_router.stream").log(logging.getLevelName(each.upper()), "x")
    assert len(stream.getvalue().splitlines()) == 2 * told


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("kind", SECRETS)
def test_secrets_are_masked_wherever_they_stand(stream: io.StringIO, form: Any, kind: str) -> None:
    """In fields, sentences, engineers' lines and tracebacks a credential is masked."""
    carrier, secret = SECRETS[kind]
    configure_logs("debug", form, stream)
    log("warning", "connection-lost", reason=carrier)
    log("error", "unstored", msg_id="m", problem=text("cli.unreadable", path=carrier, why="x"))
    logging.getLogger("somebody.else").warning("got %s", carrier)
    try:
        raise ValueError(carrier)
    except ValueError as defect:
        log_defect("undecided", defect, msg_id="m")
        logging.getLogger("somebody.else").exception("failed")
    shown = stream.getvalue()
    assert len(shown.splitlines()) >= 5
    assert secret not in shown


def test_a_defect_has_its_traceback(stream: io.StringIO) -> None:
    """An engineer gets the place of a defect."""
    configure_logs("info", "json", stream)
    try:
        raise KeyError("x")
    except KeyError as defect:
        log_defect("undecided", defect, msg_id="m1")
    entry = json.loads(stream.getvalue())
    assert (entry["event"], entry["msg_id"], entry["level"]) == ("undecided", "m1", "error")
    assert "test_logs.py" in entry["exception"]


def test_texts_are_worded(stream: io.StringIO) -> None:
    """A catalogue text as a field is shown as its sentence, in text and in JSON."""
    configure_logs("info", "json", stream)
    log("error", "dead", msg_id="m", reason=text("delivery.undecided"))
    assert json.loads(stream.getvalue())["reason"] == text("delivery.undecided").render("en")


def test_a_line_stays_a_line(stream: io.StringIO) -> None:
    """A line break inside a value cannot forge a second line of the log, nor an escape sequence colour it."""
    configure_logs("info", "text", stream)
    log("info", "dropped", msg_id="m\n12:00:00 ERROR   forged", reason="a\r\nb\x1b[31m")
    (line,) = stream.getvalue().splitlines()
    assert "forged" in line
    assert "\x1b" not in line


def test_noisy_libraries_speak_from_warnings_on(stream: io.StringIO, logged: Callable[[], Any]) -> None:
    """What libraries say below a warning would drown the rest, even when debugging."""
    for name in ("httpx", "websockets", "aiohttp.access"):
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).warning("matters")
    assert [line["event"] for line in logged()] == ["matters"] * 3


@pytest.mark.parametrize(("level", "told"), [("debug", ["warning", "error"]), ("info", ["error"])])
def test_what_the_service_tells_itself_is_not_told_twice(
    stream: io.StringIO, level: str, told: list[str]
) -> None:
    """Connections are events of the service; the client's own lines beside them are for debugging, defects apart."""
    configure_logs(level, "json", stream)
    for each in ("warning", "error"):
        logging.getLogger("prx_dingtalk_router.stream.client").log(logging.getLevelName(each.upper()), "x")
    assert [json.loads(line)["level"] for line in stream.getvalue().splitlines()] == told
