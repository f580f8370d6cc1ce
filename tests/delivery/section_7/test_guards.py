"""``at most``, carried out from written rules (language.md section 7)."""

from __future__ import annotations

from prx_dingtalk_router.delivery import Limited, SqliteJournal

SORRY = "没做成：{{ failure }}"


async def test_a_guard_is_a_sliding_window(world, play):
    """A step has room again once the first of those that count is older than the window, not at a full minute."""
    world.start(speed=1.0)
    play.rules('rule r when group then reply "{{ text }}" at most 2 per 1m per sender')
    for skipped, text, has_room in (
        (0, "一", True),
        (50, "二", True),
        (5, "三", False),
        (6, "四", True),
        (40, "五", False),
        (10, "六", True),
    ):
        world.clock.skip(skipped)
        assert (await play.hear(text))[1] == [text] * has_room, text


async def test_a_window_is_kept_in_the_journal(world, play, tmp_path):
    """Another process over the same journal counts on, and as the window slides."""
    path = tmp_path / "j.db"
    world.journal = SqliteJournal(path)
    await world.journal.claim()
    world.start(speed=1.0)
    play.rules('rule r when group then reply "{{ text }}" at most 2 per 1h per sender')
    await play.hear("一")
    world.clock.skip(1800)
    await play.hear("二")
    began = world.clock.now_ms()
    await world.dispatchers[-1].stop(drain=0)
    await world.journal.close()
    world.journal = SqliteJournal(path)
    await world.journal.claim()
    world.start(speed=1.0)
    world.clock.set_wall((began - world.clock.now_ms()) / 1000)
    assert (await play.hear("三"))[1] == []
    world.clock.set_wall(1801)
    assert (await play.hear("四"))[1] == ["四"]
    assert (await play.hear("五"))[1] == []
    await world.dispatchers[-1].stop(drain=0)
    await world.journal.close()


async def test_a_guard_has_one_counter_a_step_and_scope(world, play):
    """Keyed by rule and position, and by sender or conversation where it says so."""
    world.start()
    play.rules(
        'rule a when text is "a" then reply "a1" at most 1 per 1h then reply "a2" at most 2 per 1h\n'
        'rule b when text is "b" then reply "b" at most 1 per 1h per sender\n'
        'rule c when text is "c" then reply "c" at most 1 per 1h per conversation'
    )
    for text, person, conversation, shown in (
        ("a", "u1", "cid1", ["a1", "a2"]),
        ("a", "u2", "cid2", ["a2"]),
        ("a", "u3", "cid3", []),
        ("b", "u1", "cid1", ["b"]),
        ("b", "u1", "cid2", []),
        ("b", "u2", "cid1", ["b"]),
        ("c", "u1", "cid1", ["c"]),
        ("c", "u2", "cid1", []),
        ("c", "u1", "cid2", ["c"]),
    ):
        assert (await play.hear(text, sender=person, conversation=conversation))[1] == shown


async def test_only_performed_steps_count(world, play):
    """Neither what was refused nor what failed takes room."""
    prx = await world.agent(reach_for=1.0)
    world.start()
    play.rules(f'rule r when group then agent desk at most 1 per 1h else reply "{SORRY}"')
    prx.faults.refuse_connections = True
    for _ in range(2):
        assert (await play.hear("在吗"))[1] != ["答：在吗"]
    prx.faults.refuse_connections = False
    assert not world.watch.of(Limited)
    assert (await play.hear("在吗"))[1] == ["答：在吗"]
    await play.hear("在吗")
    assert len(world.watch.of(Limited)) == 1
