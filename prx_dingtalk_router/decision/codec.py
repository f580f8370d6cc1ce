"""Decisions and texts in stored form: JSON, read back as the same values by this version and every later one.

A stored decision is an object with its form, ``FORM``, and the decision in the shape of ``model``; each kind of step is known by
the tag in ``step``. What is missing has its default, so a form may gain fields. A change after which an older version would act
otherwise than it should gets a form of its own: an older version refuses it with a sentence instead of guessing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Any

import msgspec

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.decision.model import AgentStep, Decision
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.text.surrogates import whole

FORM = 2
"""The highest form that this version can read: ``while busy`` came with it, which form 1 would take for ``queue``."""

_TEXT = "text"
_WORD = "word"


class _Stored(msgspec.Struct, frozen=True):
    form: int
    decision: Decision


class _Form(msgspec.Struct, frozen=True):
    form: int


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError


_encoder = msgspec.json.Encoder(enc_hook=_plain)
_decoder = msgspec.json.Decoder(_Stored)
_form_decoder = msgspec.json.Decoder(_Form)


def encode_decision(decision: Decision) -> bytes:
    """The stored form of a decision; lone halves of surrogate pairs in it are replaced."""
    return _encode(_Stored(_form_of(decision), decision))


def _form_of(decision: Decision) -> int:
    """The lowest form that says all of a decision, so that an earlier version goes on with what it understands."""
    for step in decision.steps:
        for each in (step, *step.alternatives):
            if isinstance(each, AgentStep) and each.while_busy != "queue":
                return 2
    return 1


def decode_decision(stored: bytes) -> Decision:
    """The decision of a stored form.

    Raises:
        JournalError: a newer version stored it, or it is damaged.
    """
    try:
        found = _decoder.decode(stored)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise _unreadable(stored, problem) from problem
    if found.form > FORM:
        raise JournalError("decision.newer-form", form=found.form, known=FORM)
    return found.decision


def encode_reason(reason: Text | str | None) -> str | None:
    """The stored form of why something ended: a sentence of the catalogue, a word of the rules, or nothing."""
    match reason:
        case None:
            return None
        case Text():
            return _encode(_tagged(reason)).decode()
        case _:
            return _encode_word(reason)


@lru_cache(maxsize=1024)
def _encode_word(reason: str) -> str:
    return _encode({_WORD: reason}).decode()


def decode_reason(stored: str | None) -> Text | str | None:
    """The reason of a stored form.

    A sentence that the catalogue no longer has, or has with other fields, becomes one that names it.

    Raises:
        JournalError: a newer version stored it, or it is damaged.
    """
    if stored is None:
        return None
    try:
        found = msgspec.json.decode(stored)
    except msgspec.MsgspecError as problem:
        raise JournalError("decision.unreadable", problem=str(problem)) from problem
    match found:
        case {"text": str(), "with": dict()}:
            sentence: Text = _untagged(found)
            return sentence
        case {"word": str(word)}:
            return word
    raise JournalError("decision.unreadable", problem="neither a text nor a word")


def decode_text(stored: str | None) -> Text | None:
    """The sentence of a stored form that holds nothing else.

    Raises:
        JournalError: as ``decode_reason``.
    """
    reason = decode_reason(stored)
    if isinstance(reason, str):
        raise JournalError("decision.unreadable", problem="a word instead of a text")
    return reason


def _unreadable(stored: bytes, problem: Exception) -> JournalError:
    try:
        form = _form_decoder.decode(stored).form
    except (msgspec.MsgspecError, UnicodeDecodeError):
        form = FORM
    if form > FORM:
        return JournalError("decision.newer-form", form=form, known=FORM)
    return JournalError("decision.unreadable", problem=str(problem))


def _encode(value: object) -> bytes:
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:
        return _encoder.encode(_whole(msgspec.to_builtins(value, enc_hook=_plain)))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, (list, tuple)):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


def _tagged(value: object) -> Any:
    """A parameter of a text: a text or a list by its shape, numbers and words as they are, anything else as it is shown."""
    match value:
        case Text():
            return {_TEXT: value.key, "with": {name: _tagged(each) for name, each in value.params.items()}}
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_tagged(item) for item in value]
        case _:
            return str(value)


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_untagged(item) for item in value)
    if not isinstance(value, dict):
        return value
    key, params = value[_TEXT], {name: _untagged(each) for name, each in value["with"].items()}
    entry = MESSAGES.get(key)
    if entry is None or not _fields(entry.en) <= params.keys():
        return text("decision.dropped-text", key=key)
    return Text(key, params)


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
