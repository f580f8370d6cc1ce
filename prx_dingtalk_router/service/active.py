"""The router in use, behind the one reference that a reload replaces."""

from __future__ import annotations

from prx_dingtalk_router.matching import Router


class ActiveRouter:
    """Holds the router that decides now.

    Whoever decides takes ``current`` once per message, so that a message is decided wholly by one version of the rules
    (interfaces.md section 5); a replacement is one assignment.
    """

    __slots__ = ("_current",)

    def __init__(self, router: Router) -> None:
        router.prepare()
        self._current = router

    @property
    def current(self) -> Router:
        """The router in use."""
        return self._current

    def replace(self, router: Router) -> None:
        """Decide by another router from the next message on.

        Args:
            router: prepared by whoever made it, as that takes longer than messages may wait.
        """
        self._current = router
