"""A defect of this program costs the message that it meets, and nothing else."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.delivery import Done, MemoryJournal


class Defective(MemoryJournal):
    """Fails on one message by a defect, whatever is to be kept of it."""

    attempts = 0

    async def apply(self, entry, changes):
        """Keep, or fail."""
        if entry.decision.message.text == "毒":
            self.attempts += 1
            raise ValueError(entry.key)
        return await super().apply(entry, changes)


async def test_a_defect_that_stays_costs_its_own_message_alone(world, reply_step, caplog):
    """It is not tried for ever: after its end failed too it is left to the journal, and others are carried out."""
    world.journal = Defective()
    dispatcher = world.start()
    await dispatcher.accept(world.decision(reply_step(), message=world.message("毒", conversation="c1")))
    other = world.decision(reply_step())
    await dispatcher.accept(other)
    assert isinstance(await world.watch.ended(other.message.msg_id), Done)
    for _ in range(100):
        await asyncio.sleep(0)
    assert world.journal.attempts <= 4
    assert "a message could not be ended" in caplog.text
    assert len(await world.journal.unfinished()) == 1
