"""What became of a message, from the journal alone."""

from prx_dingtalk_router.diagnosis.account.ahead import Ahead
from prx_dingtalk_router.diagnosis.account.document import account_document
from prx_dingtalk_router.diagnosis.account.model import Account, Attempt, Fate, StepAccount
from prx_dingtalk_router.diagnosis.account.reading import account_of

__all__ = ["Account", "Ahead", "Attempt", "Fate", "StepAccount", "account_document", "account_of"]
