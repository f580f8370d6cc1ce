"""Section 7 of the language, carried out from written rules."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.matching import Baseline, Router


class Play:
    """A world whose messages are decided by rules.

    Args:
        world: delivery with its peers.
        path: of the rules.
    """

    def __init__(self, world, path):
        self.world = world
        self._path = path
        self._router = None

    def rules(self, written):
        """Decide by these rules from now on."""
        self._path.write_text(f"{written}\notherwise drop\n", "utf-8")
        result = check_rules(self._path, CheckContext())
        assert result.rules is not None, result
        self._router = Router(result.rules, Baseline(client_id="dingbot"))

    async def say(self, text, **fields):
        """Somebody writes; the message id."""
        message = self.world.message(text, **fields)
        await self.world.dispatchers[-1].accept(self._router.decide(message))
        return message.msg_id

    async def hear(self, text, **fields):
        """Somebody writes; how it ended, and what the conversation shows since."""
        shown = len(self.world.chat.texts)
        ended = await self.world.watch.ended(await self.say(text, **fields))
        return ended, self.world.chat.texts[shown:]

    async def restart(self):
        """Stop without waiting, as a kill would, and start over the same journal."""
        await self.world.dispatchers[-1].stop(drain=0)
        await self.world.pools[-1].aclose()
        await self.world.start().resume()


@pytest.fixture
def play(world, tmp_path):
    """A world whose messages are decided by rules."""
    return Play(world, tmp_path / "main.rules")
