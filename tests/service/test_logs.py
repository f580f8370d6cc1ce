"""What an operator reads, and what a program reads, of the same event; nothing secret in either."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import prx_dingtalk_router
from prx_dingtalk_router.catalogue import text, use_language
from prx_dingtalk_router.service import close_logs, configure_logs, flush_logs, log
from prx_dingtalk_router.service.logs import log_defect

SECRETS = {
    "webhook": ("https://oapi.dingtalk.com/robot/sendBySession?session=5e55i0n", "5e55i0n"),
    "bearer": ("Authorization: Bearer t0k3n", "t0k3n"),
    "client secret": ('{"clientSecret": "cl13nt"}', "cl13nt"),
    "ticket": ("wss://wss-open.dingtalk.com/connect?ticket=t1ck3t", "t1ck3t"),
    "proxy": ("http://me:pr0xy@proxy:8080", "pr0xy"),
}


class Lines(io.StringIO):
    """Holds what was logged; whoever looks waits until all of it is there."""

    def getvalue(self) -> str:
        """All that was logged so far."""
        assert flush_logs()
        return super().getvalue()


class Terminal(Lines):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture
def stream() -> io.StringIO:
    """Where logs go."""
    return Lines()


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
    assert re.match(r"\d\d:\d\d:\d\d INFO    回复 m1：已发送（会话 Webhook）  rule=vpn\n$", line)


def test_the_format_follows_the_terminal() -> None:
    """``auto`` is text on a terminal and JSON elsewhere."""
    terminal, pipe = Terminal(), Lines()
    for out in (terminal, pipe):
        configure_logs("info", "auto", out)
        log("info", "connected")
        assert flush_logs()
    assert terminal.getvalue().endswith("connected to DingTalk\n")
    assert json.loads(pipe.getvalue())["event"] == "connected"


def test_levels_are_in_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else is: not without a terminal, not with ``NO_COLOR``, and no escape sequence of a peer acts."""
    monkeypatch.setenv("TERM", "xterm")
    shown = {}
    for no_color in ("", "1"):
        monkeypatch.setenv("NO_COLOR", no_color)
        for out in (Terminal(), Lines()):
            configure_logs("info", "text", out)
            log("warning", "replied", msg_id="m\x1b[31m", result="sent", route="webhook", reason="")
            assert flush_logs()
            shown[type(out), no_color] = out.getvalue()
    coloured = shown.pop((Terminal, ""))
    assert "\x1b[33mWARNING\x1b[0m reply to m\\x1b[31m" in coloured
    assert not any("\x1b" in each for each in shown.values())


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
    """In the words of peers, engineers' lines and tracebacks a credential is masked, in fields and sentences alike."""
    carrier, secret = SECRETS[kind]
    configure_logs("debug", form, stream)
    log("warning", "dead", msg_id="m", reason=text("cli.unreadable", path="p", why=carrier))
    log("error", "dead", msg_id="m", reason="r", remedy=text("cli.unreadable", path=carrier, why="x"))
    logging.getLogger("prx_dingtalk_router.stream").warning(text("cli.unreadable", path=carrier, why="x"))
    log("error", "unstored", msg_id="m", problem=text("cli.unreadable", path=carrier, why="x"))
    logging.getLogger("somebody.else").warning("got %s", carrier)
    try:
        raise ValueError(carrier)
    except ValueError as defect:
        log_defect("undecided", defect, msg_id="m")
        logging.getLogger("somebody.else").exception("failed")
    shown = stream.getvalue()
    assert len(shown.splitlines()) >= 7
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
    for name in ("asyncio", "websockets", "aiohttp.access"):
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).warning("matters")
    assert [line["event"] for line in logged()] == ["matters"] * 3


def test_a_line_of_a_library_has_a_text(logged: Callable[[], Any]) -> None:
    """What others log has the keys of an event too, whatever the catalogue knows of it."""
    logging.getLogger("somebody.else").warning("got %s", 7)
    (line,) = logged()
    assert (line["event"], line["text"], line["logger"]) == ("got 7", "got 7", "somebody.else")


def test_a_sentence_of_the_parts_below_is_an_event(stream: io.StringIO) -> None:
    """What stream and delivery log has the catalogue's key for machines, its sentence for people, and its fields."""
    use_language("zh")
    said = text("stream.bad-frame", connection="1", bytes=3, reason=text("stream.frame-not-json"), more="")
    configure_logs("info", "json", stream)
    logging.getLogger("prx_dingtalk_router.stream.socket").warning(said)
    entry = json.loads(stream.getvalue())
    assert (entry["event"], entry["text"], entry["bytes"]) == ("stream.bad-frame", str(said), 3)
    assert (entry["connection"], entry["reason"]) == ("1", "不是 JSON")
    configure_logs("info", "text", stream)
    logging.getLogger("prx_dingtalk_router.stream.socket").warning(said)
    assert stream.getvalue().splitlines()[-1].endswith(f"WARNING {said}")


def test_a_line_that_cannot_be_worded_costs_itself_alone(stream: io.StringIO) -> None:
    """A sentence whose fields are missing is told of, and what is logged after it is written."""
    configure_logs("info", "json", stream)
    logging.getLogger("prx_dingtalk_router.stream.socket").warning(text("stream.bad-frame"))
    log("info", "connected")
    unworded, after = map(json.loads, stream.getvalue().splitlines())
    assert (unworded["event"], unworded["about"]) == ("log-unworded", "prx_dingtalk_router.stream.socket")
    assert after["event"] == "connected"


def test_plain_values_are_words_in_sentences(stream: io.StringIO) -> None:
    """A Chinese sentence has no ``not-started`` in it; a program reads the plain value. A rule's own words stay."""
    use_language("zh")
    configure_logs("info", "json", stream)
    log("warning", "agent-ended", agent="a", msg_id="m", result="not-started", seconds=1, reason="")
    log("info", "decided", msg_id="m", by="vpn", outcome="agent", agents="a", shadow="")
    log("info", "dropped", msg_id="m", reason="")
    log("info", "dropped", msg_id="m", reason="广告")
    ended, decided, dropped, reasoned = map(json.loads, stream.getvalue().splitlines())
    assert (ended["result"], decided["outcome"], dropped["reason"]) == ("not-started", "agent", "")
    assert "没有开始" in ended["text"]
    assert "交给智能体" in decided["text"]
    assert (dropped["text"], reasoned["text"]) == ("m 已丢弃：没有写原因", "m 已丢弃：广告")


def test_a_remedy_ends_the_sentence(stream: io.StringIO) -> None:
    """It is shown once, to a person within the sentence and to a program as a field of its own."""
    remedy = text("delivery.remedy-security")
    configure_logs("info", "text", stream)
    log("error", "dead", msg_id="m", reason="no", remedy=remedy)
    assert stream.getvalue().endswith(f"is kept: no; what to do: {remedy}\n")


class Counted:
    """A value that counts how often it is worded."""

    worded = 0

    def __str__(self) -> str:
        self.worded += 1
        return "x"


def test_nothing_is_worded_below_the_level(stream: io.StringIO) -> None:
    """What is not logged costs no words: neither its sentence nor its fields are made."""
    configure_logs("info", "json", stream)
    value = Counted()
    log("debug", "dropped", msg_id="m", reason=value)
    assert (stream.getvalue(), value.worded) == ("", 0)
    log("info", "dropped", msg_id="m", reason=value)
    assert stream.getvalue()
    assert value.worded == 1


def test_halves_of_surrogate_pairs_are_written(stream: io.StringIO) -> None:
    """A name that no file takes is shown with an escape, and is no reason to lose the line."""
    configure_logs("info", "json", stream)
    log("info", "dropped", msg_id="m\ud800", reason="广告")
    entry = json.loads(stream.getvalue())
    assert (entry["msg_id"], entry["reason"]) == ("m\\ud800", "广告")


def test_after_the_end_nothing_is_logged_and_nothing_fails(stream: io.StringIO) -> None:
    """Who logs after the logs were closed is not heard; closing writes what waits, once."""
    configure_logs("info", "json", stream)
    log("info", "connected")
    assert close_logs()
    log("info", "connected")
    logging.getLogger("somebody.else").error("x")
    assert close_logs()
    assert len(stream.getvalue().splitlines()) == 1


def logged_in_plain_words() -> list[str]:
    """Where a line above debug is logged that is no sentence of the catalogue."""
    package = Path(prx_dingtalk_router.__file__).parent
    found = []
    for path in (
        each for part in ("net", "stream", "delivery", "service") for each in (package / part).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(
                        value=ast.Name(id="logger"), attr="info" | "warning" | "error" | "exception"
                    ),
                    args=[ast.Constant(value=str(words)), *_],
                ):
                    found.append(f"{path.name}:{node.lineno}: {words}")
    return found


def test_all_that_an_operator_reads_comes_from_the_catalogue() -> None:
    """Plain words are for debugging only."""
    assert logged_in_plain_words() == []
