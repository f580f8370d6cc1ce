"""What a Stream client is told."""

from __future__ import annotations

from prx_dingtalk_router.stream import BOT_MESSAGES, StreamOptions, Subscription, Timing


def test_the_secret_is_not_shown() -> None:
    """Options can be printed: neither the secret nor a password of the proxy is in their repr."""
    shown = repr(StreamOptions("ding-test", "SECRET", proxy="http://user:SECRET@proxy:3128"))
    assert "ding-test" in shown
    assert "SECRET" not in shown


def test_the_defaults_are_those_of_the_protocol() -> None:
    """Time spans and limits by dingtalk-stream.md sections 1, 2 and 5 and interfaces.md section 5."""
    options, timing = StreamOptions("id", "secret"), Timing()
    assert options.subscriptions == (Subscription("CALLBACK", BOT_MESSAGES),)
    assert (options.max_waiting_frames, options.max_waiting_bytes) == (10_000, 64 * 1024 * 1024)
    assert options.max_message == 1024 * 1024
    assert (timing.registration, timing.handshake, timing.drain) == (10, 10, 10)
    assert (timing.ping_interval, timing.pong_patience) == (20, 15)
    assert (timing.backoff_first, timing.backoff_cap, timing.credentials_retry) == (1, 60, 60)
