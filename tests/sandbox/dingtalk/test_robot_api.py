"""The robot API: private and group messages, their refusals, downloads and uploads."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from prx_dingtalk_router.sandbox.dingtalk import App, Conversation, DingTalk, Directory, Faults, Refused, Said
from prx_dingtalk_router.sandbox.dingtalk.refusals import ROBOT_API
from prx_dingtalk_router.sandbox.dingtalk.robot_api import PARAMS, VALUES

ROBOT = "dingexample0001"
BATCH, GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
HELP_DESK = "cidITHelpDesk2026A1=="


def private(**changes: object) -> dict[str, object]:
    """A good body of batchSend, with changes."""
    body = {
        "robotCode": ROBOT,
        "userIds": ["u1001"],
        "msgKey": "sampleMarkdown",
        "msgParam": json.dumps({"title": "Status", "text": "all up"}),
    }
    return body | changes


def group(**changes: object) -> dict[str, object]:
    """A good body of groupMessages/send, with changes."""
    body = {
        "robotCode": ROBOT,
        "openConversationId": HELP_DESK,
        "msgKey": "sampleText",
        "msgParam": json.dumps({"content": "all up"}),
    }
    return body | changes


async def test_private_message_appears_in_the_private_chat(bot: Any, dingtalk: DingTalk) -> None:
    """BatchSend writes to each person's own chat with the robot."""
    status, answer = await bot.api(BATCH, private(userIds=["u1001", "u1002"]))
    assert status == 200
    assert answer["processQueryKey"]
    assert answer["invalidStaffIdList"] == answer["flowControlledStaffIdList"] == []
    for person in ("u1001", "u1002"):
        line = dingtalk.transcript(dingtalk.directory.private(person).id)[0]
        assert (line.author, line.route, line.title, line.text) == ("robot", "api", "Status", "all up")
        assert line.in_reply_to is None


async def test_people_who_are_not_reached_are_listed(
    bot: Any, dingtalk: DingTalk, faults: Faults, log: Any
) -> None:
    """Unknown people, outsiders, sender ids and people under flow control come in the lists of a 200 answer."""
    faults.flow_controlled = "u1002"
    outsider = dingtalk.directory.person("g9001")
    unknown = ["nobody", "g9001", outsider.sender_id, dingtalk.directory.person("u1003").sender_id]
    status, answer = await bot.api(BATCH, private(userIds=["u1001", "u1002", *unknown]))
    assert status == 200
    assert answer["invalidStaffIdList"] == unknown
    assert answer["flowControlledStaffIdList"] == ["u1002"]
    assert not dingtalk.transcript(dingtalk.directory.private("u1002").id)
    assert len(log.of(Refused, status=200)) == 2


async def test_group_message_appears_in_the_group(bot: Any, dingtalk: DingTalk) -> None:
    """groupMessages/send writes to the group."""
    status, answer = await bot.api(GROUP, group())
    assert (status, set(answer)) == (200, {"processQueryKey"})
    assert [line.text for line in dingtalk.transcript(HELP_DESK)] == ["all up"]


@pytest.mark.parametrize("key", PARAMS)
async def test_every_template_is_accepted_whole_and_refused_without_a_part(
    bot: Any, key: str, faults: Faults
) -> None:
    """Each msgKey needs all of its string parameters."""
    whole = {name: min(VALUES.get(name, {f"https://example.com/{name}"})) for name in PARAMS[key]}
    assert (await bot.api(GROUP, group(msgKey=key, msgParam=json.dumps(whole))))[0] == 200
    missing = dict(list(whole.items())[1:])
    status, answer = await bot.api(GROUP, group(msgKey=key, msgParam=json.dumps(missing)))
    assert (status, answer["code"]) == (400, "invalidParameter.msgParam.invalid")


@pytest.mark.parametrize(
    "param",
    [
        {"msgKey": "sampleFile", "mediaId": "@x", "fileName": "a.exe", "fileType": "exe"},
        {
            "msgKey": "sampleVideo",
            "videoMediaId": "@x",
            "videoType": "avi",
            "duration": "3",
            "picMediaId": "@y",
        },
    ],
)
async def test_kinds_of_file_and_video_that_are_not_sent(bot: Any, param: dict[str, str]) -> None:
    """A file or video of a kind that the service does not list is refused."""
    key = param.pop("msgKey")
    status, answer = await bot.api(GROUP, group(msgKey=key, msgParam=json.dumps(param)))
    assert (status, answer["code"]) == (400, "invalidParameter.msgParam.invalid")


async def test_buttons_of_card_templates_appear(bot: Any, dingtalk: DingTalk) -> None:
    """Titles and addresses of template buttons belong together in the conversation."""
    param = {
        "title": "T",
        "text": "t",
        "buttonTitle1": "A",
        "buttonUrl1": "u1",
        "buttonTitle2": "B",
        "buttonUrl2": "u2",
    }
    await bot.api(GROUP, group(msgKey="sampleActionCard6", msgParam=json.dumps(param)))
    line = dingtalk.transcript(HELP_DESK)[0]
    assert [(button.title, button.url) for button in line.buttons] == [("A", "u1"), ("B", "u2")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (private(robotCode=""), "invalidParameter.robotCode.empty"),
        (private(robotCode="other"), "invalidParameter.robotCode.notExist"),
        (private(userIds=[]), "invalidParameter.userIds.empty"),
        (private(userIds="u1001"), "invalidParameter.userIds.empty"),
        (private(userIds=[None]), "invalidParameter.userIds.empty"),
        (private(userIds=["u1001"] * 21), "invalidParameter.userIds.overMax"),
        (private(msgKey="feedCard"), "invalidParameter.msg.unsupport"),
        (private(msgKey="sampleDance"), "invalidParameter.msgKey.invalid"),
        (private(msgKey=None), "invalidParameter.msgKey.empty"),
        (private(msgParam={"title": "t", "text": "x"}), "invalidParameter.msgParam.invalid"),
        (private(msgParam="{"), "invalidParameter.msgParam.invalid"),
        (private(msgParam="[]"), "invalidParameter.msgParam.invalid"),
        (private(msgParam='{"title":"t","text":5}'), "invalidParameter.msgParam.invalid"),
        (
            private(msgParam=json.dumps({"title": "t", "text": "x" * 15_000})),
            "invalidParameter.msgParam.tooLong",
        ),
        ([], "invalidParameter.robotCode.empty"),
    ],
)
async def test_bad_private_calls_are_refused(bot: Any, body: object, code: str) -> None:
    """Each bad parameter of batchSend has its code."""
    status, answer = await bot.api(BATCH, body)
    assert (status, answer["code"]) == (400, code)
    assert answer["requestid"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (group(openConversationId="cidNobody=="), "invalid.openConversationId"),
        (group(openConversationId=None), "invalid.openConversationId"),
        (
            group(msgParam=json.dumps({"content": "字" * 5000}, ensure_ascii=False)),
            "invalidParameter.msgParam.tooLong",
        ),
    ],
)
async def test_bad_group_calls_are_refused(bot: Any, body: object, code: str) -> None:
    """Each bad parameter of groupMessages/send has its code; the size is in bytes."""
    status, answer = await bot.api(GROUP, body)
    assert (status, answer["code"]) == (400, code)


async def test_private_chat_is_no_group(bot: Any, dingtalk: DingTalk) -> None:
    """The id of a private chat is not an open conversation id."""
    _, answer = await bot.api(GROUP, group(openConversationId=dingtalk.directory.private("u1001").id))
    assert answer["code"] == "invalid.openConversationId"


async def test_group_that_the_robot_is_not_in(serve: Any, make_bot: Any) -> None:
    """A robot cannot write to a group that no administrator added it to, and gets nothing from it."""
    people = Directory.demo("x", "y").people
    room = Conversation("cidOther==", "2", "别人的群", ("u1001",), robots=("another",))
    dingtalk = await serve(Directory((App(ROBOT, "s3cr3t-value"),), people, (room,)))
    _, answer = await make_bot(dingtalk).api(GROUP, group(openConversationId="cidOther=="))
    assert answer["code"] == "conversation.org.notMatch"


@pytest.mark.parametrize(
    ("knob", "value", "status", "code"),
    [
        ("dissolved", HELP_DESK, 400, "group.disbanded"),
        ("robot-stopped", "on", 400, "bot.stopped"),
        ("permission", "off", 403, "Forbidden.AccessDenied.AccessTokenPermissionDenied"),
    ],
)
async def test_states_refuse(bot: Any, faults: Faults, knob: str, value: str, status: int, code: str) -> None:
    """Dissolved groups, stopped robots and missing permissions are refused."""
    faults.set(knob, value)
    answered, answer = await bot.api(GROUP, group())
    assert (answered, answer["code"]) == (status, code)
    assert ("accessdenieddetail" in answer) == (knob == "permission")


async def test_a_missing_permission_is_named(bot: Any, faults: Faults) -> None:
    """The refusal for a missing scope says which one is wanted."""
    faults.permission = False
    _, answer = await bot.api(BATCH, private())
    assert answer["accessdenieddetail"] == {"requiredScopes": ["qyapi_robot_sendmsg"]}


async def test_people_of_one_call_and_people_who_are_filtered(bot: Any, faults: Faults) -> None:
    """A knob raises the most people of a call to what another page says; filtered people come in a third list."""
    faults.set("batch-people", "100")
    faults.set("filtered", "u1002")
    status, answer = await bot.api(BATCH, private(userIds=["u1001"] * 20 + ["u1002"]))
    assert (status, answer["filteredStaffIdList"]) == (200, ["u1002"])


@pytest.mark.parametrize(
    ("knob", "code"),
    [
        ("unsuitable-words", "contain.notAllowed.text"),
        ("unsafe-links", "contain.unsafe.url"),
        ("unsuitable-pictures", "contain.notAllowed.picture"),
    ],
)
async def test_content_that_does_not_pass(bot: Any, faults: Faults, knob: str, code: str) -> None:
    """What session webhooks do not let pass, the robot API refuses with codes of its own."""
    faults.set(knob, "all up")
    for path, body in ((BATCH, private()), (GROUP, group())):
        assert (await bot.api(path, body))[1]["code"] == code


async def test_calls_a_second_are_limited_by_api(bot: Any, faults: Faults) -> None:
    """One call too many within a second is 403 QpsLimitForAppkeyAndApi; another API is not concerned."""
    faults.api_qps = 2
    answers = [await bot.api(GROUP, group()) for _ in range(3)]
    assert [status for status, _ in answers] == [200, 200, 403]
    assert answers[2][1]["code"] == "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
    assert (await bot.api(BATCH, private()))[0] == 200


@pytest.mark.parametrize("code", ROBOT_API)
async def test_every_refusal_can_be_had(bot: Any, faults: Faults, dingtalk: DingTalk, code: str) -> None:
    """The knob gives each refusal of the document, and nothing appears."""
    faults.set("api", code)
    faults.set("api-for", "1")
    status, answer = await bot.api(GROUP, group())
    assert (status, answer["code"]) == (ROBOT_API[code].status, code)
    assert not dingtalk.transcript(HELP_DESK)
    assert (await bot.api(GROUP, group()))[0] == 200


@pytest.mark.parametrize(("fault", "said"), [("html", "<html>"), ("throttled", "1111"), ("empty", "")])
async def test_answers_that_are_none(bot: Any, faults: Faults, fault: str, said: str) -> None:
    """HTML, throttling and empty answers are had by the knob."""
    faults.set("api", fault)
    status, answer = await bot.api(GROUP, group())
    assert status == 200
    assert said in str(answer)


@pytest.mark.parametrize(("fault", "status"), [("html-403", 403), ("http-429", 429)])
async def test_statuses_without_a_body_of_the_service(
    bot: Any, faults: Faults, fault: str, status: int
) -> None:
    """A proxy's 403 and a bare 429 are had by the knob, for the paths that are named and no others."""
    faults.set("api", fault)
    faults.set("api-paths", "oToMessages, emotion/")
    assert (await bot.api(BATCH, private()))[0] == status
    assert (await bot.api(GROUP, group()))[0] == 200


@pytest.mark.parametrize(("fault", "landed"), [("cut-before", 0), ("cut-after", 1)])
async def test_cut_connection(bot: Any, faults: Faults, dingtalk: DingTalk, fault: str, landed: int) -> None:
    """The connection can break before or after the message appeared."""
    token = await bot.token()
    faults.set("api", fault)
    with pytest.raises(aiohttp.ClientError):
        await bot.post(GROUP, group(), **{"x-acs-dingtalk-access-token": token})
    assert len(dingtalk.transcript(HELP_DESK)) == landed


async def test_received_file_can_be_downloaded(bot: Any, dingtalk: DingTalk) -> None:
    """A download code gives a link; the link gives the bytes, but not to a request with a Content-Type."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", type="picture", pictures=("a.png",)))
    code = (await bot.message(socket))["content"]["downloadCode"]
    path = "/v1.0/robot/messageFiles/download"
    status, answer = await bot.api(path, {"downloadCode": code, "robotCode": ROBOT})
    assert status == 200
    async with bot.http.get(answer["downloadUrl"]) as medium:
        assert medium.content_type == "image/png"
        assert (await medium.read()).startswith(b"\x89PNG\r\n\x1a\n")
    async with bot.http.get(answer["downloadUrl"], headers={"Content-Type": "application/json"}) as refused:
        assert refused.status == 403
    for wrong in (
        {"downloadCode": "x", "robotCode": ROBOT},
        {"downloadCode": code, "robotCode": "other"},
        {},
    ):
        status, answer = await bot.api(path, wrong)
        assert (status, answer["code"]) == (400, "invalidParameter.robotCode.downloadCode")
