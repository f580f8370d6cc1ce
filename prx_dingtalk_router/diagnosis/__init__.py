"""Answers for whoever is on call: what became of a message, and what is wrong with an installation."""

from prx_dingtalk_router.diagnosis.account import Account, account_document, account_of

__all__ = ["Account", "account_document", "account_of"]
