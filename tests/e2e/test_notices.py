"""The owner of a router that runs is told of trouble by a private message of the robot."""

from __future__ import annotations

from typing import Any


async def told(world: Any, words: str) -> Any:
    """Wait until the owner is told something with these words; the line of their private chat."""
    private = world.dingtalk.directory.private("u1003", world.dingtalk.directory.apps[0]).id
    (event, *_) = await world.events.until(
        lambda event: (
            type(event).__name__ == "Wrote"
            and event.line.conversation_id == private
            and words in event.line.text
        )
    )
    return event.line


async def test_refused_reloads_and_dead_letters_are_told(world: Any) -> None:
    """Through the robot API, counted, logged, and without what people wrote; repeats wait."""
    world.rules = (
        'language 1\nrule ask when text starts with "请教" then agent helpdesk\notherwise drop "other"\n'
    )
    config = world.write_files()
    limited = config.read_text("utf-8").replace("[dingtalk]\n", "[dingtalk]\napi_calls_per_month = 1\n")
    config.write_text(f'{limited}\n[notify]\nstaff_ids = ["u1003"]\n', "utf-8")
    router = await world.run(keep_files=True)
    rules = world.folder / "rules" / "main.rules"
    rules.write_text(world.rules.replace("otherwise", "otherwize"), "utf-8")
    line = await told(world, "[prx-router] rules or configuration were changed and refused (errors: 1)")
    assert (line.route, "main.rules:3" in line.text) == ("api", True)
    await told(world, "API calls of this month are used up: 1 of 1")  # which the reserve does not hold back
    rules.write_text(world.rules, "utf-8")
    await router.logged("reload-unchanged")
    world.agent.faults.down = True
    msg_id = world.say("请教 绝密的事", "u1001")
    line = await told(
        world, "a message could not be delivered and is kept: the agent cannot be reached; what to do"
    )
    assert f"Message {msg_id}, rule ask." in line.text
    assert "绝密" not in line.text
    await router.logged("notice-sent", 3, people=1)
    second = world.say("请教 又一件", "u1002")
    await router.logged("dead", msg_id=second)
    assert not [line for line in router.raw if "notice-failed" in line]


async def test_a_notice_that_fails_is_a_line_of_the_log(world: Any) -> None:
    """And nothing else: the router goes on as without."""
    config = world.write_files()
    config.write_text(f'{config.read_text("utf-8")}\n[notify]\nstaff_ids = ["nobody"]\n', "utf-8")
    router = await world.run(keep_files=True)
    rules = world.folder / "rules" / "main.rules"
    rules.write_text("rule", "utf-8")
    await router.logged("notice-failed", people=1)
    await world.reply_to(world.say("敲门"))
