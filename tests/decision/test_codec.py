"""Stored decisions and reasons: whatever is written is read again, by this version and by later ones."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.codec import (
    FORM,
    decode_decision,
    decode_reason,
    decode_text,
    encode_decision,
    encode_reason,
)
from prx_dingtalk_router.decision.model import (
    AgentStep,
    BoundStep,
    CancelStep,
    Decision,
    DropStep,
    ForgetStep,
    Guard,
    Mention,
    ReplyStep,
    ShadowMatch,
)
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.message import Message

WORDS = st.text(max_size=20)
KINDS: dict[type[BoundStep], dict[str, st.SearchStrategy[Any]]] = {
    ReplyStep: {
        "template": WORDS,
        "format": st.sampled_from(["text", "markdown"]),
        "mention": st.none()
        | st.builds(Mention, st.booleans(), st.lists(WORDS, max_size=2).map(lambda ids: tuple(ids))),
    },
    AgentStep: {
        "agent": WORDS,
        "timeout": st.floats(0, 1e6),
        "session": st.sampled_from(["conversation", "sender", "message"]),
        "template": st.none() | WORDS,
        "while_busy": st.sampled_from(["queue", "replace", "merge", "reply"]),
        "progress": st.sampled_from(["reaction", "none"]),
        "busy_reply": st.none() | st.builds(ReplyStep, rule=WORDS, position=WORDS, template=WORDS),
    },
    ForgetStep: {},
    CancelStep: {},
    DropStep: {"reason": st.none() | WORDS},
}


def steps(depth: int = 1) -> st.SearchStrategy[tuple[BoundStep, ...]]:
    """Steps of every kind, with alternatives."""
    shared: dict[str, Any] = {
        "rule": WORDS,
        "position": WORDS,
        "match": st.dictionaries(WORDS, WORDS, max_size=2),
        "guard": st.none()
        | st.builds(
            Guard, st.integers(1, 99), st.floats(1, 1e6), st.sampled_from(["step", "sender", "conversation"])
        ),
        "alternatives": steps(depth - 1) if depth else st.just(()),
    }
    one = st.one_of([st.builds(kind, **shared, **own) for kind, own in KINDS.items()])
    return st.lists(one, max_size=3).map(lambda each: tuple(each))


MESSAGES = st.builds(
    Message, WORDS, WORDS, WORDS, st.booleans(), text=WORDS, created_at_ms=st.integers(0, 2**52)
)
DECISIONS = st.builds(
    Decision,
    message=MESSAGES,
    rules=WORDS,
    by=st.none() | WORDS,
    via=st.lists(WORDS, max_size=2).map(lambda via: tuple(via)),
    steps=steps(),
    reason=st.none() | WORDS,
    match=st.dictionaries(WORDS, WORDS, max_size=2),
    shadow=st.lists(st.builds(ShadowMatch, WORDS, steps(0)), max_size=2).map(lambda shadow: tuple(shadow)),
    zone=WORDS,
    client_id=WORDS,
)
PARAMS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda items: tuple(items))
        | st.builds(lambda why: Text("cli.unreadable", {"path": "p", "why": why}), inner)
    ),
    max_leaves=5,
)


@given(DECISIONS)
def test_a_decision_comes_back_as_it_was(decision: Decision) -> None:
    """Every kind of step, alternatives and shadows included, is read back as the same value of the same kind."""
    assert decode_decision(encode_decision(decision)) == decision


@given(PARAMS)
def test_a_sentence_comes_back_as_it_was(why: object) -> None:
    """A text within a text, a list of them, numbers and words keep their kind, so both languages stay open."""
    sentence = text("cli.unreadable", path="x", why=why)
    assert decode_text(encode_reason(sentence)) == sentence


@pytest.mark.parametrize("reason", [None, "", "off-topic", "{}"])
def test_a_word_of_the_rules_is_no_sentence(reason: str | None) -> None:
    """The reason of a drop is kept as the word that it is, whatever it looks like."""
    assert decode_reason(encode_reason(reason)) == reason


def test_lone_halves_of_surrogates_cost_no_message() -> None:
    """They are replaced where UTF-8 has no form for them."""
    decision = Decision(message=Message("m", "r", "c", group=False, text="a\ud800"), rules="\udc00", by=None)
    stored = decode_decision(encode_decision(decision))
    assert (stored.message.text, stored.rules) == ("a\ufffd", "\ufffd")


def test_a_parameter_of_another_kind_is_kept_as_shown() -> None:
    """A path, an error or an object is stored as what the sentence would say for it."""
    sentence = decode_text(encode_reason(text("cli.unreadable", path="x", why=ValueError("odd"))))
    assert str(sentence) == "x cannot be read: odd"


def test_a_sentence_that_the_catalogue_lost_is_named() -> None:
    """A key that a later version dropped, or whose fields it changed, raises nothing: the reason says which it was."""
    for stored in ('{"text":"delivery.gone","with":{}}', '{"text":"cli.unreadable","with":{"path":"x"}}'):
        sentence = decode_text(stored)
        assert sentence is not None
        assert json.loads(stored)["text"] in str(sentence)
        assert decode_text(encode_reason(sentence)) == sentence


def newer(**change: Any) -> bytes:
    """A stored decision of one drop, changed as a newer version might have."""
    decision = Decision(
        message=Message("m", "r", "c", group=False),
        rules="r",
        by="x",
        steps=(DropStep(rule="x", position="1"),),
    )
    stored: dict[str, Any] = msgspec.json.decode(encode_decision(decision))
    stored["decision"]["steps"][0] |= {key: value for key, value in change.items() if key != "form"}
    return msgspec.json.encode(stored | {key: value for key, value in change.items() if key == "form"})


@pytest.mark.parametrize(
    ("stored", "key"),
    [
        (newer(form=FORM + 1), "decision.newer-form"),
        (newer(form=FORM + 1, step="card"), "decision.newer-form"),
        (newer(step="card"), "decision.unreadable"),
        (b'{"form": 1}', "decision.unreadable"),
        (b"\xff", "decision.unreadable"),
        (b"", "decision.unreadable"),
    ],
)
def test_what_a_newer_version_wrote_is_refused_with_a_sentence(stored: bytes, key: str) -> None:
    """A newer form is refused even where it looks familiar, an unknown kind of step always; nothing is guessed."""
    with pytest.raises(JournalError) as caught:
        decode_decision(stored)
    assert caught.value.text.key == key
    assert str(caught.value)


@pytest.mark.parametrize("stored", ["", "7", "[]", '{"text":"x"}', '{"word":7}', '{"verse":"x"}'])
def test_an_unknown_kind_of_reason_is_refused(stored: str) -> None:
    """Neither a sentence nor a word is no reason."""
    with pytest.raises(JournalError):
        decode_reason(stored)


def test_a_word_where_a_sentence_belongs_is_refused() -> None:
    """Why a step failed is always a sentence."""
    with pytest.raises(JournalError):
        decode_text(encode_reason("word"))


def test_unknown_fields_are_ignored() -> None:
    """A field that a newer version added without a form of its own changes nothing for this one."""
    assert decode_decision(newer(hint="x")) == decode_decision(newer())


def test_every_kind_of_step_has_a_tag_of_its_own() -> None:
    """The tags are part of what is stored: they may gain, never change."""
    tags = {kind.__name__: kind.__struct_config__.tag for kind in KINDS}
    assert tags == {
        "ReplyStep": "reply",
        "AgentStep": "agent",
        "ForgetStep": "forget",
        "CancelStep": "cancel",
        "DropStep": "drop",
    }


@pytest.mark.parametrize(("mode", "form"), [("queue", 1), ("replace", 2), ("merge", 2), ("reply", 2)])
@pytest.mark.parametrize("in_else", [False, True])
def test_the_form_is_the_lowest_that_says_all(mode: Any, form: int, in_else: bool) -> None:
    """An earlier version reads what it understands, and refuses a ``while busy`` that it would take for ``queue``."""
    step = AgentStep(rule="r", position="1", agent="desk", timeout=5.0, session="sender", while_busy=mode)
    steps = (DropStep(rule="r", position="1", alternatives=(step,)),) if in_else else (step,)
    decision = Decision(Message("m", "r", "c", True), "set", "r", steps=steps)
    assert json.loads(encode_decision(decision))["form"] == form
    assert decode_decision(encode_decision(decision)) == decision
