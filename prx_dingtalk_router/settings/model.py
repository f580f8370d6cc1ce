"""The settings as finished values: every table of interfaces.md section 3, frozen and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.loopback import is_loopback
from prx_dingtalk_router.settings.addresses import BaseUrl, split_listen
from prx_dingtalk_router.settings.duration import Duration, OptionalDuration
from prx_dingtalk_router.settings.origin import Origin
from prx_dingtalk_router.settings.refusal import RefusedError
from prx_dingtalk_router.settings.values import (
    Calendar,
    Codes,
    FilePath,
    HeaderSecret,
    HostPatterns,
    Identifier,
    JournalUrl,
    OptionalFilePath,
    ProxyUrl,
    ReadableFile,
    RequiredSecret,
    Share,
    StaffIds,
    Stripped,
    TimeZone,
    journal_path,
)

# prx-gateway.md section 10: every keyed request in flight reserves 1 MiB of a 32 MiB pool.
MOST_IN_FLIGHT = 32


def _in_flight(count: int) -> int:
    if not 1 <= count <= MOST_IN_FLIGHT:
        raise RefusedError("settings.in-flight", most=MOST_IN_FLIGHT)
    return count


def _listen(address: str) -> str:
    split_listen(address)
    return address.strip()


class Table(BaseModel):
    """One table: nothing in it changes, nothing unknown is in it, nothing is converted silently."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class ChannelSettings(Table):
    """``[channels_config.dingtalk]``: the same keys and meaning as in PRX (prx-dingtalk-channel.md)."""

    client_id: Identifier
    client_secret: RequiredSecret
    allowed_users: StaffIds = ()
    # PRX's own key; it has no effect there either (prx-gateway.md section 17.1).
    mention_only: bool = False


class DingTalkSettings(Table):
    """``[dingtalk]``: how DingTalk is reached. ``proxy`` is ``""`` for "as the environment says"."""

    api_base: BaseUrl = "https://api.dingtalk.com"
    webhook_hosts: HostPatterns = ("*.dingtalk.com", "*.dingtalk.io")
    robot_name: Stripped = ""
    replies_per_minute: int = Field(default=18, ge=1)
    proxy: ProxyUrl = SecretStr("")
    ca_file: ReadableFile = None
    give_up_after: Duration = 600.0
    failed_reply: Stripped = text("delivery.failed-reply").render("zh")
    api_calls_per_month: int = Field(default=5_000, ge=0)
    webhook_and_stream_per_month: int = Field(default=3_000, ge=0)
    reserve: Share = "20%"

    @property
    def reserved_share(self) -> float:
        """``reserve`` as a share of one."""
        return float(self.reserve.removesuffix("%")) / 100

    @property
    def own_failed_reply(self) -> str | None:
        """``failed_reply`` where it is configured; None for the default, which is worded in the language of each message."""
        return self.failed_reply if "failed_reply" in self.model_fields_set else None


class RulesSettings(Table):
    """``[rules]``: where rules are and how they are loaded. ``calendar`` is ``""`` for none."""

    path: FilePath = Field(default=Path("rules"), validate_default=True)
    timezone: TimeZone = "Asia/Shanghai"
    calendar: Calendar = ""
    reload: Literal["watch", "manual"] = "watch"
    tests: bool = True
    boot: Literal["last-good", "strict"] = "last-good"


class AgentSettings(Table):
    """``[agents.NAME]``: one PRX daemon. ``notice_after`` is ``None`` for never; durations are seconds."""

    url: BaseUrl
    token: HeaderSecret = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    webhook_token: HeaderSecret = SecretStr("")
    agent_id: Stripped = ""
    in_flight: Annotated[int, AfterValidator(_in_flight)] = 24
    waiting: int = Field(default=20, ge=0)
    reach_for: Duration = 15.0
    timeout: Duration = 600.0
    idempotency_ttl: Duration = 300.0
    api_rate_limit_per_minute: int = Field(default=60, ge=0)
    notice_after: OptionalDuration = 20.0
    notice: Stripped = "正在处理，请稍候…"
    format: Literal["markdown", "text"] = "markdown"
    retry_safe: bool = False
    progress: Literal["none", "reaction"] = "none"

    @field_validator("notice")
    @classmethod
    def _has_words(cls, notice: str, info: ValidationInfo) -> str:
        if not notice and info.data.get("notice_after") is not None:
            raise RefusedError("settings.notice-empty")
        return notice


def _named(agents: object) -> object:
    for name in agents if isinstance(agents, Mapping) else ():
        if not isinstance(name, str) or not name.strip() or not name.isprintable():
            raise RefusedError("settings.agent-name")
    return agents


Agents = Annotated[Mapping[str, AgentSettings], BeforeValidator(_named)]


class JournalSettings(Table):
    """``[journal]``: where messages are kept and for how many seconds."""

    url: JournalUrl = Field(default="sqlite:///prx-router.db", validate_default=True)
    retention: Duration = 7 * 86400.0

    @property
    def path(self) -> Path | None:
        """The database file, absolute; ``None`` for a journal in memory."""
        return journal_path(self.url)


class AdminSettings(Table):
    """``[admin]``: the address for health, metrics, status and reload."""

    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8321"
    token: HeaderSecret = Field(default=SecretStr(""), validate_default=True)

    @property
    def host(self) -> str:
        """Host of ``listen``, without brackets."""
        return split_listen(self.listen)[0]

    @property
    def port(self) -> int:
        """Port of ``listen``; 0 lets the system choose."""
        return split_listen(self.listen)[1]

    @field_validator("token")
    @classmethod
    def _others_need_one(cls, token: SecretStr, info: ValidationInfo) -> SecretStr:
        listen = info.data.get("listen")
        if listen and not is_loopback(split_listen(listen)[0]) and not token.get_secret_value():
            raise RefusedError("settings.listen-needs-token")
        return token


class NotifySettings(Table):
    """``[notify]``: who is told of trouble by a private message of the robot."""

    staff_ids: StaffIds = ()


class LogSettings(Table):
    """``[log]``: how much is logged, and in which form."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "text", "json"] = "auto"


class ValidateSettings(Table):
    """``[validate]``: which warnings and notes are not wanted."""

    ignore: Codes = ()


class PrxSettings(Table):
    """``[prx]``: PRX's own configuration file, when the channel is read from there; else ``None``."""

    config: OptionalFilePath = None


class Settings(Table):
    """The whole configuration. ``source`` is the file it came from, absolute."""

    channel: ChannelSettings
    dingtalk: DingTalkSettings
    rules: RulesSettings
    agents: Agents
    journal: JournalSettings
    admin: AdminSettings
    notify: NotifySettings
    log: LogSettings
    validation: ValidateSettings = Field(alias="validate")
    prx: PrxSettings
    source: Path

    _origins: Mapping[tuple[str, ...], Origin] = PrivateAttr(default_factory=dict)

    @property
    def origins(self) -> Mapping[tuple[str, ...], Origin]:
        """Where each key that is not a default came from, by its path: ``("agents", "客服", "url")``."""
        return self._origins

    def remember(self, origins: Mapping[tuple[str, ...], Origin]) -> None:
        """Keep ``origins``; for ``loading``, which alone knows them."""
        self._origins = dict(origins)


# Which model each table is read into; "*" stands for a name that the configuration chooses.
TABLES: Mapping[tuple[str, ...], type[Table]] = {
    ("channels_config", "dingtalk"): ChannelSettings,
    ("prx",): PrxSettings,
    ("dingtalk",): DingTalkSettings,
    ("rules",): RulesSettings,
    ("agents", "*"): AgentSettings,
    ("journal",): JournalSettings,
    ("admin",): AdminSettings,
    ("notify",): NotifySettings,
    ("log",): LogSettings,
    ("validate",): ValidateSettings,
}
