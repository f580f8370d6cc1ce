"""What the journal holds about a message."""

from __future__ import annotations

from prx_dingtalk_router.delivery.journal import Identity


def test_a_process_is_told_by_pid_and_by_when_it_began():
    """The same pid with a younger start is another process, as in a container."""
    seen = Identity(1, 100, 1_000_000)
    assert Identity(1, 160, 1_060_900).continues(seen)
    assert not Identity(2, 160, 1_060_000).continues(seen)
    assert not Identity(1, 110, 1_060_000).continues(seen)
    assert not Identity(1, 3, 1_060_000).continues(seen)
    # A process that was restarted right after its start: its age went down, though it began at about the same time.
    assert not Identity(1, 0, 1_001_000).continues(Identity(1, 1, 1_000_000))
