"""Each check of this machine and of DingTalk: shown failing, and mended by its own advice."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.delivery import SqliteJournal


async def test_errors_in_rules(site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    """The first error with its place; a failing test counts as one, a warning does not."""
    whole = site.rules.read_text()
    site.rules.write_text(whole.replace("contains", "holds"))
    errors = await site.finding("rules")
    site.rules.write_text(whole.replace("expect agent desk", "expect drop"))
    tests = await site.finding("rules")
    site.rules.write_text(f'{whole}list spare = ["u1"]\n')
    warnings = await site.finding("rules")
    site.rules.rename(site.folder / "elsewhere")
    site.rules.parent.rmdir()
    missing = await site.finding("rules")
    assert [each.status for each in (errors, tests, warnings, missing)] == [
        "failed",
        "failed",
        "warning",
        "failed",
    ]
    assert site.told([errors, tests, warnings, missing]) == snapshot
    site.rules.parent.mkdir()
    site.rules.write_text(whole)
    await mended("rules")


@pytest.mark.parametrize(
    ("users", "status"),
    [
        ("[]", "failed"),
        ('["张三"]', "failed"),
        ('["lin@example.com", "$:LWCP_v1:$abc"]', "failed"),
        ('["13800138000"]', "warning"),
        ('["*"]', "ok"),
    ],
)
async def test_whoever_may_use_the_bot(
    site: Any, mended: Callable[..., Any], users: str, status: str, snapshot: SnapshotAssertion
) -> None:
    """An empty list, and entries that are nobody's staff ID; how to find one is said."""
    site.change(r"allowed_users = .*", f"allowed_users = {users}")
    finding = await site.finding("allowed-users")
    assert finding.status == status
    assert site.told([finding]) == snapshot
    site.change(r"allowed_users = .*", 'allowed_users = ["u1001"]')
    await mended("allowed-users")


@pytest.mark.parametrize(
    ("people", "status"),
    [('["张三", "*"]', "failed"), ('["13800138000"]', "warning"), ('["u1001"]', "ok"), ("[]", "ok")],
)
async def test_whoever_is_told_of_trouble(
    site: Any, people: str, status: str, snapshot: SnapshotAssertion
) -> None:
    """Staff IDs alone: a message to everybody is not possible; that nobody is told is a choice, and said."""
    site.config.write_text(f"{site.config.read_text()}\n[notify]\nstaff_ids = {people}\n")
    finding = await site.finding("notify")
    assert finding.status == status
    assert site.told([finding]) == snapshot


async def test_files_with_secrets_that_others_read(
    site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion
) -> None:
    """A secret in the configuration, a file that it names, and the journal; each file once."""
    site.change(r'token    = ".*"', 'token    = "t0k3n-0f-th3-d3sk"')
    site.config.chmod(0o644)
    (site.folder / "secret").chmod(0o640)
    journal = SqliteJournal(site.folder / "prx-router.db", retention=60)
    await journal.claim()
    await journal.close()
    (site.folder / "prx-router.db").chmod(0o604)
    findings = await site.findings("secret-files")
    assert [each.status for each in findings] == ["failed"] * 3
    told = site.told(findings)
    assert "t0k3n" not in told
    assert told == snapshot
    for name in ("prx-router.toml", "secret", "prx-router.db"):
        (site.folder / name).chmod(0o600)
    await mended("secret-files")


async def test_a_configuration_without_a_secret_may_be_read(site: Any, mended: Callable[..., Any]) -> None:
    """Only what holds a secret has to be closed."""
    site.config.chmod(0o644)
    await mended("secret-files")


async def test_a_journal_that_cannot_be_used(
    site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion
) -> None:
    """In memory, without a folder, of another program, of a full disk."""
    site.add('[journal]\nurl = "memory:"')
    memory = await site.finding("journal")
    site.change('url = "memory:"', 'url = "sqlite:///gone/j.db"')
    no_folder = await site.finding("journal")
    (site.folder / "gone").mkdir()
    (site.folder / "gone" / "j.db").write_text("a diary")
    foreign = await site.finding("journal")
    (site.folder / "gone" / "j.db").unlink()
    full = await site.finding("journal", least_free=10**18)
    assert [each.status for each in (memory, no_folder, foreign, full)] == [
        "warning",
        "failed",
        "failed",
        "failed",
    ]
    assert site.told([memory, no_folder, foreign, full]) == snapshot
    await mended("journal")
    assert list((site.folder / "gone").iterdir()) == []  # looking makes no journal


async def test_a_running_router_does_not_make_its_journal_fail(site: Any, mended: Callable[..., Any]) -> None:
    """The doctor is asked beside it."""
    journal = SqliteJournal(site.folder / "prx-router.db", retention=60)
    await journal.claim()
    await mended("journal")
    await journal.close()


@pytest.mark.parametrize(
    "fault", ["authFailed", "robot.notPublished", "robot.notStreamMode", "html", "unavailable", "no-ticket"]
)
async def test_registrations_that_are_refused(
    site: Any, mended: Callable[..., Any], fault: str, snapshot: SnapshotAssertion
) -> None:
    """Wrong credentials, an app that is not published, a robot not in Stream Mode, a proxy that answers."""
    site.dingtalk.faults.register = fault
    finding = await site.finding("registration")
    assert (finding.status, finding.remedy is not None) == ("failed", True)
    assert site.told([finding]) == snapshot
    site.dingtalk.faults.register = "ok"
    await mended("registration")


async def test_a_wrong_secret(site: Any, mended: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    """Both the registration and the token are refused; the secret is not shown, whatever DingTalk says."""
    secret = site.folder / "secret"
    good = secret.read_text()
    secret.write_text("wr0ng-s3cr3t")
    findings = [each for each in await site.findings() if each.status == "failed"]
    assert [each.check for each in findings] == ["registration", "robot-permission"]
    assert "wr0ng" not in site.told(findings)
    assert site.told(findings) == snapshot
    secret.write_text(good)
    await mended("registration")


@pytest.mark.parametrize("fault", ["permission", "IpNotInWhiteList", "ApiCountLimitForOrg"])
async def test_a_robot_that_may_not_send(
    site: Any, mended: Callable[..., Any], fault: str, snapshot: SnapshotAssertion
) -> None:
    """By permission, by address, by quota; nobody gets a message from being asked."""
    faults, seen = site.dingtalk.faults, []
    site.dingtalk.observe(seen.append)
    if fault == "permission":
        faults.permission = False
    else:
        faults.api = f"Forbidden.AccessDenied.{fault}"
    finding = await site.finding("robot-permission")
    assert finding.status == "failed"
    assert site.told([finding]) == snapshot
    faults.permission, faults.api = True, "ok"
    await mended("robot-permission")
    assert "Wrote" not in {type(each).__name__ for each in seen}


@pytest.mark.parametrize(("off", "status"), [(-3600, "failed"), (600, "failed"), (-20, "warning")])
async def test_a_clock_that_is_wrong(
    site: Any, mended: Callable[..., Any], off: int, status: str, snapshot: SnapshotAssertion
) -> None:
    """Compared with DingTalk's: slow or fast, and by how much."""
    finding = await site.finding("clock", now=lambda: time.time() + off)
    assert finding.status == status
    assert finding.summary.params["seconds"] == pytest.approx(abs(off), abs=2)
    told = site.told([finding]).replace(str(finding.summary.params["seconds"]), "N")
    assert told == snapshot
    await mended("clock")


async def test_no_dingtalk_at_all(site: Any, snapshot: SnapshotAssertion) -> None:
    """Everything that needs it says so, and the failing hop is named; nothing hangs."""
    await site.dingtalk.stop()
    findings = await site.findings()
    of_dingtalk = [
        each for each in findings if each.check in ("host", "registration", "robot-permission", "clock")
    ]
    assert [each.status for each in of_dingtalk] == ["failed", "failed", "skipped", "skipped"]
    told = site.told(
        [each for each in of_dingtalk if each.check != "registration"]
    )  # whose words are the library's
    assert told == snapshot
