"""The knobs of a simulated daemon: one table, usable by name from a command line and from the chat page."""

from __future__ import annotations

import asyncio
import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prx_dingtalk_router.errors import SandboxError

ALWAYS = -1
_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


def _knob(default: object, *, zh: str, en: str, choices: tuple[str, ...] = ()) -> Any:
    return dataclasses.field(default=default, metadata={"zh": zh, "en": en, "choices": choices})


@dataclass
class PrxFaults:
    """What goes wrong on purpose. Every knob may be turned at any time; the default of each is "nothing".

    Knobs that count requests or turns go down by one with each use; -1 = always.
    """

    # fmt: off
    turn_delay: float = _knob(0.0, zh="每轮对话耗时（秒）", en="seconds that every turn takes")
    hang: bool = _knob(False, zh="对话一直不结束，直到关闭此项或被取消", en="turns do not end until this is off or they are cancelled")
    fail: str = _knob(
        "", choices=("", "error", "denied", "unstored", "abnormal"),
        zh="对话失败方式：error 模型出错（500）；denied 开始前被策略拒绝（403）；unstored 结果未能保存（503）；abnormal 异常终止",
        en="how turns fail: error (500), denied by policy before the start (403), unstored result (503), abnormal end",
    )
    tool_calls: int = _knob(0, zh="每轮对话进行的工具调用数（取消时一并终止，并占用会话记忆）", en="tool calls in every turn: a cancel ends them too, and they fill up the memory")
    answer_bytes: int = _knob(0, zh="把回答补足到这么多字节（超过 1048576 即无法重放）", en="pad answers to this many bytes (over 1048576 they cannot be replayed)")
    empty_answer: bool = _knob(False, zh="回答为空文本", en="answers are empty")
    crash_in_turn: int = _knob(0, zh="接下来几轮对话会让进程崩溃并重启；-1 为全部", en="turns that crash the process, which then restarts; -1: all")
    down: bool = _knob(False, zh="进程已停止，关闭此项后重新启动（新的 pid，任务和幂等键全部丢失）", en="the process is down; off starts another one (new pid, no jobs, no keys)")
    down_secs: float = _knob(0.0, zh="崩溃后多少秒才重新启动", en="seconds between a crash and the restart")
    boot_secs: float = _knob(0.0, zh="启动后网关处于 starting 状态的秒数", en="seconds after a start in which the gateway is `starting`")
    drop_answers: int = _knob(0, zh="受理后在线路上丢掉几个 /webhook 应答；-1 为全部", en="accepted /webhook requests whose answer is lost on the wire; -1: all")
    refuse_connections: bool = _knob(False, zh="拒绝一切连接（进程仍在运行）", en="refuse all connections (the process lives on)")
    answer_latency: float = _knob(0.0, zh="每个 HTTP 应答推迟的秒数", en="seconds before every HTTP answer")
    slow_body: float = _knob(0.0, zh="应答正文分段发送，总共持续的秒数", en="seconds over which an answer's body trickles")
    rate_limited: int = _knob(0, zh="接下来几个 /webhook 请求得到 429；-1 为全部", en="/webhook requests answered with 429; -1: all")
    api_rate_limited: int = _knob(0, zh="接下来几个 /api 请求得到 429；-1 为全部", en="/api requests answered with 429; -1: all")
    retry_after: int = _knob(60, zh="429 应答中的 retry_after（秒）", en="`retry_after` (seconds) of those 429")
    bad_gateway: int = _knob(0, zh="接下来几个请求被前置代理拦下，未到达 PRX；-1 为全部", en="requests that a proxy answers without reaching PRX; -1: all")
    bad_gateway_after: int = _knob(0, zh="接下来几个 /webhook 请求已被 PRX 受理，但代理返回错误页；-1 为全部", en="/webhook requests that PRX accepts and a proxy answers with an error page; -1: all")
    proxy_status: int = _knob(502, zh="代理错误页的状态码（400 至 599）", en="status of the proxy's error page (400 to 599)")
    store_full: bool = _knob(False, zh="幂等存储已满（503，retryable）", en="the idempotency store is full (503, retryable)")
    autonomy: str = _knob("", choices=("", "full", "supervised", "read_only"), zh="自主级别：full、supervised 或 read_only，空为按配置", en="autonomy level: full, supervised or read_only, empty for the configured one")
    cancel: str = _knob(
        "killed", choices=("killed", "requested", "not_killable"),
        zh="取消的结果：killed 立即结束；requested 仍在收尾；not_killable 无法终止",
        en="outcome of a cancel: killed at once, requested (still winding down), not_killable",
    )
    gateway_state: str = _knob(
        "", choices=("", "starting", "degraded", "failed", "disabled", "stopping", "stopped"),
        zh="/health 中网关组件的状态：starting、degraded、failed、disabled、stopping 或 stopped，空为正常",
        en="state of the gateway in /health: starting, degraded, failed, disabled, stopping or stopped, empty for the true one",
    )
    broken_channel: bool = _knob(False, zh="一个可选通道故障：/health 为 503，但 /webhook 正常", en="an optional channel is broken: /health is 503 while /webhook works")
    provider_degraded: bool = _knob(False, zh="/api/status 报告模型服务降级", en="/api/status reports a degraded provider")
    # fmt: on

    def __post_init__(self) -> None:
        self._observers: list[Callable[[], None]] = []
        self._turned = asyncio.Event()

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name in _KNOBS and "_turned" in self.__dict__:
            turned, self._turned = self._turned, asyncio.Event()
            turned.set()
            for observer in tuple(self._observers):
                observer()

    def set(self, name: str, value: str) -> None:
        """Turn a knob by name, as ``simulate --fault NAME=VALUE`` and the chat page do.

        Args:
            name: the knob; hyphens may stand for underscores.
            value: as text: ``true``/``false`` and the like, a number that is not negative (counts: or -1), a choice.

        Raises:
            SandboxError: there is no such knob (the known ones are listed), or it does not take this value.
        """
        knob = _KNOBS.get(name.strip().replace("-", "_"))
        if knob is None:
            raise SandboxError("sandbox.prx-fault-unknown", name=name, known=sorted(_KNOBS))
        setattr(self, knob.name, _read(knob, value.strip()))

    def describe(self) -> list[dict[str, object]]:
        """Every knob as ``name, kind, default, value, zh, en`` and, for a choice, ``choices``."""
        return [
            {
                "name": knob.name,
                "kind": _kind(knob),
                "default": knob.default,
                "value": getattr(self, knob.name),
                "zh": knob.metadata["zh"],
                "en": knob.metadata["en"],
                **({"choices": list(knob.metadata["choices"])} if knob.metadata["choices"] else {}),
            }
            for knob in _KNOBS.values()
        ]

    def take(self, name: str) -> bool:
        """Use a counting knob once: whether it was up."""
        left: int = getattr(self, name)
        if left > 0:
            setattr(self, name, left - 1)
        return left != 0

    async def turned(self) -> None:
        """Wait until any knob is turned."""
        await self._turned.wait()

    def observe(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Call ``observer`` after every turn of a knob; the answer ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)


_KNOBS: dict[str, dataclasses.Field[Any]] = {knob.name: knob for knob in dataclasses.fields(PrxFaults)}
_COUNTS = frozenset(
    {"crash_in_turn", "drop_answers", "rate_limited", "api_rate_limited", "bad_gateway", "bad_gateway_after"}
)
_RANGES = {"proxy_status": (400, 599)}


def _kind(knob: dataclasses.Field[Any]) -> str:
    return "choice" if knob.metadata["choices"] else type(knob.default).__name__


def _read(knob: dataclasses.Field[Any], value: str) -> object:
    kind = _kind(knob)
    if kind == "choice" and value in knob.metadata["choices"]:
        return value
    if kind == "bool" and value.lower() in _YES | _NO:
        return value.lower() in _YES
    if kind in {"int", "float"}:
        try:
            number = int(value) if kind == "int" else float(value)
        except ValueError:
            number = math.nan
        least, most = _RANGES.get(knob.name, (ALWAYS if knob.name in _COUNTS else 0, math.inf))
        if least <= number <= most and number != math.inf:
            return number
    raise SandboxError("sandbox.prx-fault-value", name=knob.name, value=value, expected=_expected(knob))


def _expected(knob: dataclasses.Field[Any]) -> list[str]:
    kind = _kind(knob)
    if kind == "choice":
        return [repr(choice) for choice in knob.metadata["choices"]]
    if kind == "bool":
        return ["true", "false"]
    if knob.name in _RANGES:
        least, most = _RANGES[knob.name]
        return [f"{least}…{most}"]
    if knob.name in _COUNTS:
        return ["-1", "0", "1", "2", "…"]
    return ["0", "1", "2", "…"] if kind == "int" else ["0", "0.5", "1", "…"]
