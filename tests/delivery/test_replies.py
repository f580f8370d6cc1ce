"""What a reply becomes."""

from __future__ import annotations

from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery.dingtalk.bodies import reply_body
from prx_dingtalk_router.delivery.dingtalk.replies import parts_of


def test_each_part_fits_into_a_post():
    """Whole with everything around it; the parts together are the reply, and who is called out is called out once."""
    content = "\n".join(f"第 {number} 行" + "字" * 100 for number in range(150))
    parts = parts_of(RenderedReply("text", content, ("u1001", "u1002")))
    assert len(parts) > 2
    assert [part.mentions for part in parts] == [("u1001", "u1002"), *[()] * (len(parts) - 1)]
    assert all(len(reply_body(part.format, part.content, part.mentions)) < 18_000 for part in parts)
    assert "".join(part.content for part in parts).replace("\n", "") == content.replace("\n", "")
