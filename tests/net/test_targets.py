"""Where a request goes, and what of its address is written anew."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net.targets import Targets


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://oapi.dingtalk.com", "/"),
        ("https://oapi.dingtalk.com?session=a%2Fb%3D", "/?session=a%2Fb%3D"),
        ("https://oapi.dingtalk.com/a%2fb/../c?s=%2B+/==&x=%41", "/a%2fb/../c?s=%2B+/==&x=%41"),
        ("https://oapi.dingtalk.com/p?s=x://y/z", "/p?s=x://y/z"),
        ("https://oapi.dingtalk.com/钉?s=a%2Fb c", "/%E9%92%89?s=a%2Fb%20c"),
    ],
)
def test_an_address_is_sent_as_it_is_written(url: str, sent: str) -> None:
    """Escapes of a signed query stay as they are; what no request line may hold is encoded."""
    targets = Targets()
    for _ in range(2):
        target = targets.of(url)
        assert target.url.raw_path_qs == sent
        assert target.url.host == "oapi.dingtalk.com"


def test_a_host_in_letters_of_its_own_is_written_in_ascii() -> None:
    """Names with Chinese letters are looked up as DNS has them."""
    assert Targets().of("https://例子.测试:8443/x").url.raw_host == "xn--fsqu00a.xn--0zwm56d"


@pytest.mark.parametrize(
    "url",
    [
        "http://oapi.dingtalk.com/known",
        "https://u:p@oapi.dingtalk.com/",
        "https://oapi.dingtalk.com\\@127.0.0.1/",
        "https://oapi.dingtalk.com:99999/",
        "https://oapi.dingtalk.com/a\r\nhost: x",
        "x?https://oapi.dingtalk.com/",
        "",
    ],
)
def test_what_may_not_be_spoken_to_is_refused_each_time(url: str) -> None:
    """That an origin like it is known helps no other address."""
    targets = Targets()
    targets.of("https://oapi.dingtalk.com/known")
    for _ in range(2):
        with pytest.raises((RouterError, ValueError)):
            targets.of(url)


def test_the_password_of_a_proxy_is_no_part_of_its_address() -> None:
    """It goes to the proxy as credentials, without its escapes."""
    target = Targets("http://u:p%40ss@proxy.test:3128").of("https://oapi.dingtalk.com/")
    assert str(target.proxy) == "http://proxy.test:3128"
    assert target.proxy_headers == {"Proxy-Authorization": "Basic dTpwQHNz"}
    assert Targets("http://proxy.test:3128").of("http://127.0.0.1:1/").proxy is None
