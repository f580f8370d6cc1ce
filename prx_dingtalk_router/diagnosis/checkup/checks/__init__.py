"""Checks of this machine and of DingTalk, one a file."""

from prx_dingtalk_router.diagnosis.checkup.checks.allowed_users import check_allowed_users
from prx_dingtalk_router.diagnosis.checkup.checks.clock import check_clock
from prx_dingtalk_router.diagnosis.checkup.checks.hosts import check_hosts
from prx_dingtalk_router.diagnosis.checkup.checks.journal import check_journal
from prx_dingtalk_router.diagnosis.checkup.checks.notify import check_notify
from prx_dingtalk_router.diagnosis.checkup.checks.registration import check_registration
from prx_dingtalk_router.diagnosis.checkup.checks.robot_permission import check_robot_permission
from prx_dingtalk_router.diagnosis.checkup.checks.rules import check_rules_files
from prx_dingtalk_router.diagnosis.checkup.checks.secret_files import check_secret_files

__all__ = [
    "check_allowed_users",
    "check_clock",
    "check_hosts",
    "check_journal",
    "check_notify",
    "check_registration",
    "check_robot_permission",
    "check_rules_files",
    "check_secret_files",
]
