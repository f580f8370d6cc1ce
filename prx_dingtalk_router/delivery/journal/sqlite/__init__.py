"""The journal in a SQLite file: the embedded default."""

from prx_dingtalk_router.delivery.journal.sqlite.journal import SqliteJournal

__all__ = ["SqliteJournal"]
