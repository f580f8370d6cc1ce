"""The kinds of values that keys have, each with its check."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationInfo

from prx_dingtalk_router.calendar.holidays import calendar_exists, nearest_calendar
from prx_dingtalk_router.calendar.zones import nearest_zone, parse_zone
from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.settings.addresses import check_host_pattern, check_proxy
from prx_dingtalk_router.settings.refusal import RefusedError

# What str.strip() leaves although nobody sees it: zero-width characters and the byte order mark that
# copying from web pages and chat windows brings along.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_SQLITE = "sqlite:///"
_PERCENTAGE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?%")


@dataclass(frozen=True, slots=True)
class ValidationContext:
    """What checks must know besides the value.

    Attributes:
        base: folder that relative paths start from, absolute.
        credentials: whether credentials must be there; commands that only check rules need none.
    """

    base: Path
    credentials: bool = True


def surroundings(info: ValidationInfo) -> ValidationContext:
    """The ``ValidationContext`` of this validation; the current folder where none were given."""
    given = info.context
    return given if isinstance(given, ValidationContext) else ValidationContext(Path.cwd())


def stripped(written: str) -> str:
    """``written`` without white space and invisible characters at its ends (dingtalk-stream.md section 1)."""
    before = ""
    while written != before:
        before, written = written, written.strip().strip(_INVISIBLE)
    return written


def _required(written: str, info: ValidationInfo) -> str:
    cleaned = stripped(written)
    if not cleaned and surroundings(info).credentials:
        raise RefusedError("settings.empty")
    return cleaned


def _required_secret(written: SecretStr, info: ValidationInfo) -> SecretStr:
    return SecretStr(_required(written.get_secret_value(), info))


def _header_secret(written: SecretStr) -> SecretStr:
    cleaned = stripped(written.get_secret_value())
    if not all("!" <= character <= "~" for character in cleaned):
        raise RefusedError("settings.token-characters")
    return SecretStr(cleaned)


def _proxy(written: SecretStr) -> SecretStr:
    return SecretStr(check_proxy(written.get_secret_value().strip()))


def _listed(check: Callable[[str], str], what: str) -> Callable[[object], tuple[str, ...]]:
    def entries(written: object) -> tuple[str, ...]:
        if isinstance(written, str):
            raise RefusedError("settings.list-bare", example=what)
        if not isinstance(written, (list, tuple)):
            raise RefusedError(
                "settings.wrong-type", expected=text("settings.type-list"), got=type_text(written)
            )
        checked: list[str] = []
        refused: list[Text] = []
        for number, entry in enumerate(written, 1):
            try:
                checked.append(_entry(entry))
            except RefusedError as refusal:
                refused.append(text("settings.entry", number=number, what=refusal.text))
        if refused:
            raise RefusedError("settings.entries", entries=refused)
        return tuple(checked)

    def _entry(written: object) -> str:
        if isinstance(written, str):
            return check(written)
        raise RefusedError(
            "settings.wrong-type", expected=text("settings.type-string"), got=type_text(written)
        )

    return entries


def _filled(written: str) -> str:
    cleaned = stripped(written)
    if not cleaned:
        raise RefusedError("settings.empty")
    return cleaned


def _path(written: object, info: ValidationInfo) -> object:
    if not isinstance(written, (str, Path)):
        return written
    if not str(written).strip():
        raise RefusedError("settings.empty")
    if "\0" in str(written):
        raise RefusedError("settings.path-characters")
    return surroundings(info).base / written


def _optional_path(written: object, info: ValidationInfo) -> object:
    return None if written == "" else _path(written, info)


def _readable_file(path: Path | None, info: ValidationInfo) -> Path | None:
    if path is not None and surroundings(info).credentials and not path.is_file():
        raise RefusedError("settings.file-missing")
    return path


def _journal(url: str, info: ValidationInfo) -> str:
    if url == "memory:":
        return url
    path = url.removeprefix(_SQLITE)
    if path == url or not path or path.endswith("/") or not path.isprintable() or "?" in path or "#" in path:
        raise RefusedError("settings.journal-form")
    return _SQLITE + (surroundings(info).base / path).as_posix()


def journal_path(url: str) -> Path | None:
    """The file of a checked journal URL; ``None`` for one in memory."""
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def _timezone(name: str) -> str:
    if parse_zone(name) is None:
        guess = nearest_zone(name)
        if guess is None:
            raise RefusedError("settings.timezone-unknown")
        raise RefusedError("settings.timezone-unknown-guess", guess=guess)
    return name


def _calendar(code: str) -> str:
    if code and not calendar_exists(code):
        guess = nearest_calendar(code)
        if guess is None:
            raise RefusedError("settings.calendar-unknown")
        raise RefusedError("settings.calendar-unknown-guess", guess=guess)
    return code


def _share(written: object) -> str:
    share = stripped(written) if isinstance(written, str) else ""
    if _PERCENTAGE.fullmatch(share) is None or float(share[:-1]) > 100:
        raise RefusedError("settings.percentage-form")
    return share


def type_text(value: object) -> object:
    """The name of a TOML value's type, as a sentence part."""
    kinds: list[tuple[type[Any] | tuple[type[Any], ...], str]] = [
        (bool, "boolean"),
        (int, "integer"),
        (float, "float"),
        (str, "string"),
        (dict, "table"),
        ((list, tuple), "list"),
    ]
    return text(f"settings.type-{next((name for kind, name in kinds if isinstance(value, kind)), 'time')}")


Identifier = Annotated[str, AfterValidator(_required)]
RequiredSecret = Annotated[SecretStr, AfterValidator(_required_secret)]
HeaderSecret = Annotated[SecretStr, AfterValidator(_header_secret)]
ProxyUrl = Annotated[SecretStr, AfterValidator(_proxy)]
StaffIds = Annotated[tuple[str, ...], BeforeValidator(_listed(_filled, '["manager1234"]'))]
Codes = Annotated[tuple[str, ...], BeforeValidator(_listed(_filled, '["PRX203"]'))]
HostPatterns = Annotated[tuple[str, ...], BeforeValidator(_listed(check_host_pattern, '["*.dingtalk.com"]'))]
Stripped = Annotated[str, AfterValidator(stripped)]
FilePath = Annotated[Path, BeforeValidator(_path)]
OptionalFilePath = Annotated[Path | None, BeforeValidator(_optional_path)]
ReadableFile = Annotated[Path | None, BeforeValidator(_optional_path), AfterValidator(_readable_file)]
JournalUrl = Annotated[str, AfterValidator(_journal)]
TimeZone = Annotated[str, AfterValidator(_timezone)]
Share = Annotated[str, BeforeValidator(_share)]
Calendar = Annotated[str, AfterValidator(_calendar)]
