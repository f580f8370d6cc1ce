"""The truth of the wire: DingTalk's generated SDK reads every body that we send into its models, and writes it back equal.

Its models say which fields there are, how they are spelt, of which types they are and which are required.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import re
import typing
from pathlib import Path

import pytest
from alibabacloud_dingtalk.gateway_1_0 import models as gateway
from alibabacloud_dingtalk.oauth2_1_0 import models as oauth2
from alibabacloud_dingtalk.robot_1_0 import models as robot
from Tea.model import TeaModel

import prx_dingtalk_router
from prx_dingtalk_router.delivery import RobotApi, RobotReactions
from prx_dingtalk_router.delivery.dingtalk import Part, Sent
from prx_dingtalk_router.delivery.dingtalk.robot_api import people_body
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.stream.protocol.registration import Subscription, request_body

SOURCE = Path(prx_dingtalk_router.__file__).parent
MODELS = {
    "/v1.0/oauth2/accessToken": oauth2.GetAccessTokenRequest,
    "/v1.0/gateway/connections/open": gateway.OpenConnectionRequest,
    "/v1.0/robot/oToMessages/batchSend": robot.BatchSendOTORequest,
    "/v1.0/robot/groupMessages/send": robot.OrgGroupSendRequest,
    "/v1.0/robot/emotion/reply": robot.RobotReplyEmotionRequest,
    "/v1.0/robot/emotion/recall": robot.RobotRecallEmotionRequest,
}
"""The SDK's model of the body, by the path that it is sent to."""

NOT_SENT_TO = {"/v1.0/im/bot/messages/get", "/v1.0/im/bot/messages/delegate", "/v1.0/card/instances/callback"}
"""Topics of callbacks, which look like paths."""

TEXTS = [
    "好",
    "# 标题\n\n**粗** `x`\n- 一\n- 二",
    "emoji 👩‍👩‍👧 \u202e \ud83d",
    '"引号" \\ \t</script>',
    "长" * 3_000,
]


def assert_modelled(path, body):
    """The body holds what the SDK's model of it has, with its types and all that is required, and nothing else."""
    model = MODELS[path]
    read = model().from_map(json.loads(json.dumps(body)))
    read.validate()
    assert read.to_map() == body
    _assert_typed(read)


def _assert_typed(read):
    source, types = inspect.getsource(type(read).__init__), typing.get_type_hints(type(read).__init__)
    required = re.findall(r"# This parameter is required\.\n\s+self\.(\w+)", source)
    for name, kind in types.items():
        value = getattr(read, name)
        assert value is not None or name not in required
        for each in value if isinstance(value, list) else [value]:
            wanted = typing.get_args(kind)[0] if isinstance(value, list) else kind
            assert each is None or (isinstance(each, wanted) and not isinstance(each, bool))
            if isinstance(each, TeaModel):
                _assert_typed(each)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("group", [True, False])
async def test_the_sdk_reads_a_reply(group, format, text, peer, open_api):  # noqa: A002
    """A reply by the robot API, as it arrives at its path, and the request for the token before it."""
    message = Message("m", "dingbot", "cid==", group=group, sender="u1001")
    assert await RobotApi(open_api).post(message, Part(format, text, ("u1001",))) == Sent()
    path, body = peer.paths[0], peer.calls[0][1]
    assert path == ("/v1.0/robot/groupMessages/send" if group else "/v1.0/robot/oToMessages/batchSend")
    assert_modelled(path, body)
    assert all(isinstance(value, str) for value in json.loads(body["msgParam"]).values())
    assert_modelled("/v1.0/oauth2/accessToken", peer.asked[0])


def test_the_sdk_reads_a_message_to_several_people():
    """One message to twenty people."""
    body = people_body("dingbot", [f"u{number}" for number in range(20)], Part("text", "-"))
    assert_modelled("/v1.0/robot/oToMessages/batchSend", body)


async def test_the_sdk_reads_a_reaction(peer, open_api):
    """A reaction as it is set and taken away, each as it arrives at its path."""
    reactions = RobotReactions(open_api)
    for call in (reactions.attach, reactions.recall):
        await call("dingbot", "cid==", "msg==", "🤔思考中")
    assert peer.paths == ["/v1.0/robot/emotion/reply", "/v1.0/robot/emotion/recall"]
    for path, (_, body) in zip(peer.paths, peer.calls, strict=True):
        assert_modelled(path, body)


def test_the_sdk_reads_a_registration():
    """A registration, but for ``ua``, which Stream clients send and the SDK does not know."""
    subscriptions = [Subscription("CALLBACK", "/v1.0/im/bot/messages/get"), Subscription("EVENT", "*")]
    body = request_body(
        client_id="c", client_secret="s", subscriptions=subscriptions, ua="prx", local_ip="10.0.0.1"
    )
    del body["ua"]
    assert_modelled("/v1.0/gateway/connections/open", body)


def test_every_path_has_its_model():
    """Each path of the API that the package names is one whose bodies are read here."""
    sources = [path for path in SOURCE.rglob("*.py") if "sandbox" not in path.relative_to(SOURCE).parts]
    named = {each for path in sources for each in re.findall(r'"(/v1\.0/[^"{}]*)"', path.read_text("utf-8"))}
    assert named - NOT_SENT_TO <= set(MODELS)


@pytest.mark.parametrize("path", MODELS)
def test_the_sdk_calls_the_same_path(path):
    """The SDK posts its model to the path that we post to."""
    spec = importlib.util.find_spec(MODELS[path].__module__)
    client = Path(spec.origin).with_name("client.py").read_text("utf-8")
    model = MODELS[path].__name__
    method = re.search(rf"request: \w+\.{model},.*?pathname=f'([^']+)'.*?method='(\w+)'", client, re.DOTALL)
    assert method.groups() == (path, "POST")
