"""Knobs of the sandbox's DingTalk: what goes wrong, and what it does differently, in one table."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.dingtalk import errcodes, refusals

REGISTER_FAULTS = ("ok", *refusals.REGISTRATION, "html", "unavailable", "no-ticket")
WEBHOOK_FAULTS = (
    "ok",
    *(str(code) for code in errcodes.MESSAGES if code),
    *("string-zero", "code-message", "html", "throttled", "empty", "http-500", "cut-before", "cut-after"),
)
API_FAULTS = (
    "ok",
    *refusals.ROBOT_API,
    *("html", "html-403", "throttled", "http-429", "empty", "cut-before", "cut-after"),
)
TOKEN_FAULTS = ("ok", *refusals.TOKEN, "html", "throttled", "http-500")
BAD_FRAMES = (
    "none",
    "bad-json",
    "not-object",
    "binary",
    "unknown-type",
    "unknown-topic",
    "empty-data",
    "no-id",
)
QUOTE_FORMS = ("replied", "content-key", "json-string", "card-tree", "legacy", "original-only", "ids-only")
OVER_QUOTA = ("off", "errorCode", "errCode", "number", "bare")


def _knob(
    default: object,
    zh: str,
    en: str,
    choices: Sequence[str] = (),
    *,
    least: float = 0,
    most: float = 1e12,
    off: float | None = None,
) -> Any:
    """A field with what people are told about it; numbers lie between ``least`` and ``most``, or are ``off``."""
    return dataclasses.field(
        default=default,
        metadata={"zh": zh, "en": en, "choices": tuple(choices), "least": least, "most": most, "off": off},
    )


# fmt: off
@dataclass
class Faults:
    """The knobs; the defaults are the real service in good health.

    They are set directly, or by name with ``set``; a name is the attribute with hyphens. Seconds are those of the
    service, divided by the sandbox's speed, except where a description says real seconds. ``register``, ``token``,
    ``webhook`` and ``api`` meet every request while their ``…-for`` is 0, else that many, and are ``ok`` after them.
    """

    register: str = _knob("ok", "注册接口返回的结果", "what registration answers", REGISTER_FAULTS)
    register_for: int = _knob(0, "注册故障影响几次请求，0 为一直", "how many registrations the fault meets; 0: all")
    register_delay: float = _knob(0.0, "注册接口应答前等待(真实秒)", "real seconds before registration answers")
    ticket_life: float = _knob(90.0, "ticket 有效期(秒)", "seconds that a ticket lives")
    special_ticket: bool = _knob(False, "ticket 含 + / = & % 等字符", "tickets hold the characters + / = & %")
    endpoint_path: str = _knob("/connect", "返回的 endpoint 路径，可带查询串", "path of the endpoint, may have a query")
    handshake_status: int = _knob(0, "WebSocket 握手返回此状态码，0 为正常", "status that refuses the handshake; 0: none", least=200, most=599, off=0)
    close_on_open: int = _knob(0, "接下来几条连接打开后立即关闭，-1 为一直", "how many connections close right after opening; -1: all", least=-1)
    ping_every: float = _knob(30.0, "SYSTEM ping 间隔(秒)，0 为不发", "seconds between SYSTEM pings; 0: none")
    ws_ping_every: float = _knob(0.0, "WebSocket ping 间隔(秒)，0 为不发", "seconds between WebSocket pings; 0: none")
    system_extras: bool = _knob(False, "另发 CONNECTED、REGISTERED、KEEPALIVE 帧", "also sends CONNECTED, REGISTERED and KEEPALIVE")
    rotate_after: float = _knob(72_000.0, "连接多久后被服务端轮换(秒)，0 为不轮换", "seconds until a connection is rotated; 0: never")
    drop_after: float = _knob(0.0, "连接多久后不发 disconnect 直接掉线(秒)，0 为不掉线", "seconds until a connection is dropped without disconnect (1006); 0: never")
    disconnect_quiet: float = _knob(10.0, "disconnect 之后静默多久才断开(秒)", "seconds of silence between disconnect and close")
    disconnect_reason: str = _knob("persistent connection is timeout", "disconnect 帧里的原因", "reason in the disconnect frame")
    disconnect_id: bool = _knob(True, "disconnect 帧带 messageId", "the disconnect frame has a messageId")
    black_hole: bool = _knob(False, "TCP 黑洞：不读不写，也不发 FIN", "TCP black hole: neither reads nor writes, sends no FIN")
    dead_socket: float = _knob(0.0, "连接意外断开后，推送还会发往旧连接多久(秒)", "seconds that pushes still go to a connection that was lost")
    hold_pushes: bool = _knob(False, "扣住推送，关闭后再发出", "pushes are held back until switched off")
    push_delay: float = _knob(0.0, "推送前等待(真实秒)", "real seconds before a push")
    lose_pushes: int = _knob(0, "接下来丢失几次推送，-1 为一直", "how many pushes are lost on the way; -1: all", least=-1)
    redeliver_after: float = _knob(60.0, "多久没有应答就再次推送(秒)", "seconds without ack until a push is repeated")
    redeliveries: int = _knob(3, "没有应答时最多再推几次", "how often a push without ack is repeated")
    push_twice: bool = _knob(False, "已应答的消息也再推一次", "what was acknowledged is pushed once more")
    bad_frame: str = _knob("none", "每次推送前先发一个坏帧", "a bad frame goes before each push", BAD_FRAMES)
    lenient_types: bool = _knob(False, "数字与字符串混用，data 为对象", "numbers and strings change places, data is an object")
    content_as_string: bool = _knob(False, "content 以 JSON 字符串给出", "content comes as a JSON string")
    mention_left: bool = _knob(False, "正文里留下对机器人的 @", "the mention of the robot stays in the text")
    quote_form: str = _knob("replied", "引用消息的写法", "how quotes are written", QUOTE_FORMS)
    unpublished: bool = _knob(False, "机器人未发布：没有 senderStaffId 与 isAdmin", "unpublished robot: no senderStaffId, no isAdmin")
    over_quota: str = _knob("off", "额度用尽：消息变成 20001 通知", "quota used up: messages become 20001 notices", OVER_QUOTA)
    push_quota: int = _knob(0, "每月推送加 webhook 的额度(标准版 3000)，0 为不限", "monthly pushes and webhook posts (standard: 3000); 0: no limit")
    webhook: str = _knob("ok", "会话 webhook 返回的结果", "what session webhooks answer", WEBHOOK_FAULTS)
    webhook_for: int = _knob(0, "webhook 故障影响几次请求，0 为一直", "how many webhook posts the fault meets; 0: all")
    slow_body: float = _knob(0.0, "应答正文分段发送，总共持续(真实秒)", "real seconds over which the body of an answer trickles")
    webhook_delay: float = _knob(0.0, "webhook 应答前等待(真实秒)", "real seconds before a webhook answers")
    webhook_life: float = _knob(5400.0, "会话 webhook 有效期(秒)", "seconds that a session webhook lives")
    webhook_rate: int = _knob(20, "每会话每分钟可发条数，0 为不限", "webhook posts a minute and conversation; 0: no limit")
    webhook_block: float = _knob(600.0, "超频后封禁多久(秒)", "seconds of block after too many posts")
    unsuitable_words: str = _knob("", "不合适的词，逗号分隔(430102)", "unsuitable words, comma separated (430102)")
    unsafe_links: str = _knob("", "不安全的链接片段，逗号分隔(430101)", "parts of unsafe links, comma separated (430101)")
    unsuitable_pictures: str = _knob("", "不合适的图片链接片段，逗号分隔(430103)", "parts of unsuitable picture links (430103)")
    security_keywords: str = _knob("", "安全关键词，逗号分隔，都不含则 310000", "security keywords; a text without any is refused (310000)")
    dissolved: str = _knob("", "已解散的群 id，逗号分隔", "ids of dissolved groups, comma separated")
    robot_stopped: bool = _knob(False, "机器人已停用", "the robot is stopped")
    token: str = _knob("ok", "获取 token 接口返回的结果", "what the token API answers", TOKEN_FAULTS)
    token_for: int = _knob(0, "token 故障影响几次请求，0 为一直", "how many token requests the fault meets; 0: all")
    token_life: float = _knob(7200.0, "access token 有效期(秒)", "seconds that an access token lives")
    api: str = _knob("ok", "机器人接口返回的结果", "what the robot API answers", API_FAULTS)
    api_for: int = _knob(0, "机器人接口故障影响几次请求，0 为一直", "how many robot API requests the fault meets; 0: all")
    api_paths: str = _knob("", "机器人接口故障只影响路径含这些词的接口，逗号分隔，空为全部", "parts of paths that the robot API fault meets, comma separated; empty: all")
    api_delay: float = _knob(0.0, "机器人接口应答前等待(真实秒)", "real seconds before the robot API answers")
    api_qps: int = _knob(20, "每应用每接口每秒次数，0 为不限", "calls a second, application and API; 0: no limit")
    api_quota: int = _knob(0, "每月接口调用额度(标准版 5000)，0 为不限", "monthly API calls (standard: 5000); 0: no limit")
    permission: bool = _knob(True, "应用有 qyapi_robot_sendmsg 权限", "the application may send (qyapi_robot_sendmsg)")
    unauthorized: bool = _knob(False, "token 无效时返回 401 而不是 400", "a bad token is refused with 401 instead of 400")
    batch_people: int = _knob(20, "batchSend 一次最多几个人(文档写 20 或 100)", "people of one batchSend (the pages say 20 and 100)", least=1)
    filtered: str = _knob("", "被过滤的员工 id，逗号分隔(filteredStaffIdList)", "staff ids that are filtered, comma separated (filteredStaffIdList)")
    message_known_after: float = _knob(0.0, "消息发出多久后才能加表情，之前为 system.err(秒)", "seconds until a message takes reactions; before that system.err")
    unknown_message: str = _knob("400", "给不存在的消息加表情时返回什么", "what a reaction on an unknown message is refused with", ("400", "system.err"))
    recall_of_nothing: str = _knob("ok", "撤回不存在的表情时返回什么", "what the recall of a reaction that is not there answers", ("ok", "error"))
    recall_event: bool = _knob(False, "撤回消息后推送 robot_msg_recall 事件", "a recalled message pushes the event robot_msg_recall")
    flow_controlled: str = _knob("", "被流控的员工 id，逗号分隔，* 为全部", "staff ids under flow control, comma separated; *: all")
    throttle: str = _knob("off", "按 IP 限流：所有接口都这样应答", "throttled by IP: all interfaces answer so", ("off", "html", "json"))
# fmt: on

    def __post_init__(self) -> None:
        self._observers: list[Callable[[str], None]] = []

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)
        if name in KNOBS:
            for observer in tuple(getattr(self, "_observers", ())):
                observer(name)

    def observe(self, observer: Callable[[str], None]) -> Callable[[], None]:
        """Tell ``observer`` the attribute name of each knob that is set; calling the answer takes it off again."""
        self._observers.append(observer)

        def remove() -> None:
            if observer in self._observers:
                self._observers.remove(observer)

        return remove

    def set(self, name: str, value: object) -> None:
        """Set a knob by its name, from text or from a plain value.

        Args:
            name: as ``describe`` names it, for example ``webhook-rate``.
            value: text as a command line gives it, or a value of the knob's kind.

        Raises:
            SandboxError: there is no such knob (the known names are listed), or the value does not fit.
        """
        attribute = name.replace("-", "_")
        if attribute not in KNOBS:
            raise SandboxError("sandbox.dingtalk-unknown-fault", name=name, known=[_name(each) for each in KNOBS])
        setattr(self, attribute, _fitting(KNOBS[attribute], name, value))

    def describe(self) -> list[dict[str, object]]:
        """Every knob: ``name``, ``kind``, ``default``, ``value``, ``choices``, and what it does in ``zh`` and ``en``."""
        return [
            {
                "name": _name(attribute),
                "kind": _kind(knob),
                "default": knob.default,
                "value": getattr(self, attribute),
                "choices": list(knob.metadata["choices"]),
                "zh": knob.metadata["zh"],
                "en": knob.metadata["en"],
            }
            for attribute, knob in KNOBS.items()
        ]

    def take(self, attribute: str) -> str:
        """The fault that the next request meets, counted down where it is limited to a number of requests."""
        fault = str(getattr(self, attribute))
        left = int(getattr(self, f"{attribute}_for"))
        if fault != "ok" and left:
            setattr(self, f"{attribute}_for", left - 1)
            if left == 1:
                setattr(self, attribute, "ok")
        return fault

    def spend(self, attribute: str) -> bool:
        """Whether the next one is met, by a knob that counts down and means all when it is -1."""
        left = int(getattr(self, attribute))
        if left > 0:
            setattr(self, attribute, left - 1)
        return left != 0

    def listed(self, attribute: str) -> tuple[str, ...]:
        """The entries of a comma separated knob."""
        return tuple(part.strip() for part in re.split("[,，]", str(getattr(self, attribute))) if part.strip())


KNOBS: Mapping[str, dataclasses.Field[Any]] = {knob.name: knob for knob in dataclasses.fields(Faults)}

_SWITCH = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


def _name(attribute: str) -> str:
    return attribute.replace("_", "-")


def _kind(knob: dataclasses.Field[Any]) -> str:
    return "choice" if knob.metadata["choices"] else type(knob.default).__name__


def _fitting(knob: dataclasses.Field[Any], name: str, value: object) -> object:
    """``value`` in the knob's own type."""
    default, choices = knob.default, knob.metadata["choices"]
    least, most, off = knob.metadata["least"], knob.metadata["most"], knob.metadata["off"]
    said = str(value).strip()
    if isinstance(default, bool):
        if said.lower() not in _SWITCH:
            raise SandboxError("sandbox.dingtalk-fault-value", name=name, value=value, wanted="true / false")
        return _SWITCH[said.lower()]
    if isinstance(default, (int, float)):
        try:
            number = type(default)(said)
        except ValueError:
            number = None
        if number is None or not (least <= number <= most or number == off):
            besides = "" if off is None else f", {off:g}"
            wanted = f"{type(default).__name__}{besides}, {least:g} … {most:g}"
            raise SandboxError("sandbox.dingtalk-fault-value", name=name, value=value, wanted=wanted)
        return number
    if choices and said not in choices:
        raise SandboxError("sandbox.dingtalk-fault-value", name=name, value=value, wanted=" | ".join(choices))
    return said
