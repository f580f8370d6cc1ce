"""Dead letters of a router that runs: seen, tried again and given up by command; counted and logged."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

PLAIN = """language 1

rule ask
  when text starts with "请教"
  then agent helpdesk

otherwise reply "没有这样的规则"
"""


async def ask(world: Any, path: str, body: str | None = None) -> tuple[int, Any]:
    """Ask the admin address; status and document."""
    (line,) = await world.routers[-1].logged("admin-address")
    async with (
        aiohttp.ClientSession() as session,
        session.request("GET" if body is None else "POST", f"{line['url']}{path}", data=body) as answer,
    ):
        said = await answer.text()
        world.told.append(said)
        return answer.status, json.loads(said) if path != "/metrics" else said


async def shown(world: Any, said: str) -> None:
    """Wait until a conversation shows it."""
    await world.events.until(lambda event: type(event).__name__ == "Wrote" and event.line.text == said)


async def test_dead_letters_go_on_in_the_router_that_runs(world: Any) -> None:
    """What an agent that was down did not get, it gets by ``retry``, at once; the log says who asked, metrics count the reason."""
    world.rules = PLAIN
    router = await world.run()
    world.agent.faults.down = True
    asked = [world.say(f"请教 {number}", f"u100{number}") for number in (1, 2, 3)]
    await router.logged("dead", 3)
    code, said = await world.command("dead", "list", "--agent", "helpdesk")
    assert (code, "unreachable" in said) == (0, True)
    assert all(msg_id in said for msg_id in asked)
    assert 'prx_router_dead_total{reason="unreachable"} 3.0' in (await ask(world, "/metrics"))[1]
    world.agent.faults.down = False
    code, said = await world.command("dead", "retry", asked[0])
    assert (code, "queued again: 1" in said) == (0, True)
    await shown(world, "**答** 请教 1")
    code, said = await world.command("dead", "drop", asked[1])
    assert (code, "given up: 1" in said) == (0, True)
    (line,) = await router.logged("dead-dropped")
    assert (line["by"].endswith("@127.0.0.1"), line["messages"]) == (True, asked[1])
    await router.logged("dead-retried", count=1)
    code, said = await world.command("dead", "retry", "--reason", "unreachable", "--yes", "--json")
    assert [each["msg_id"] for each in json.loads(said)["done"]] == [asked[2]]
    await shown(world, "**答** 请教 3")


async def test_a_journal_in_memory_is_asked_by_the_admin_address(world: Any) -> None:
    """There is no file to read; what is asked in another form is refused."""
    world.rules = PLAIN
    router = await world.run(journal="memory:")
    world.agent.faults.down = True
    asked = world.say("请教 谁")
    await router.logged("dead")
    written = (world.folder / "prx-router.toml").read_text()
    url = (await router.logged("admin-address"))[0]["url"].removeprefix("http://")
    (world.folder / "prx-router.toml").write_text(written.replace("127.0.0.1:0", url))
    assert asked in (await world.command("dead", "list", "--reason", "unreachable"))[1]
    told = json.loads((await world.command("dead", "show", asked))[1])
    assert (told["reason_name"], told["text"], told["match"]) == ("unreachable", None, None)
    assert (await world.command("dead", "drop", asked))[0] == 0
    assert (await ask(world, "/dead"))[1] == {"dead": [], "next": None}
    assert (await ask(world, "/dead?since_ms=x"))[0] == 400
    assert (await ask(world, "/dead/retry", "[]"))[0] == 400
    status, told = await ask(world, "/dead/retry", '{"messages": [{"robot": "r", "msg_id": "m"}]}')
    assert (status, told["done"], len(told["refused"])) == (200, [], 1)


async def test_messages_of_an_agent_that_a_reload_removed_are_dead(world: Any) -> None:
    """What waited for it has that reason, and what it was at is still answered; with the agent back they can be tried again."""
    world.rules = PLAIN
    router = await world.run()
    world.agent.faults.hang = True
    running, waiting = world.say("请教 甲"), world.say("请教 乙")
    await world.turns.until(lambda event: getattr(event, "message", "") == "请教 甲")
    config = world.folder / "prx-router.toml"
    whole = config.read_text("utf-8")
    config.write_text(whole.split("[agents")[0], "utf-8")
    (world.folder / "rules" / "main.rules").write_text('language 1\notherwise reply "没有"\n', "utf-8")
    await router.logged("reloaded", changed="agents.helpdesk")
    world.agent.faults.hang = False
    await world.reply_to(running)
    (line,) = await router.logged("dead", msg_id=waiting)
    assert "`helpdesk` is no longer in the configuration" in line["reason"]
    assert (await ask(world, "/dead?reason=agent-removed"))[1]["dead"][0]["msg_id"] == waiting
    config.write_text(whole, "utf-8")
    await router.logged("reloaded", 2, changed="agents.helpdesk")
    assert (await world.command("dead", "retry", "--reason", "agent-removed", "--yes"))[0] == 0
    await shown(world, "**答** 请教 乙")
