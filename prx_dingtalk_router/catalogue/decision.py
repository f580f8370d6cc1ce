"""What is said about stored decisions that this version cannot read."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "newer-form": Entry(
        zh="日志里有较新版本写下的内容（格式 {form}，本版本最多认识 {known}）；请换回那个版本，或更新",
        en="the journal holds what a newer version wrote (form {form}, this version knows up to {known}); run that version "
        "again, or update this one",
    ),
    "unreadable": Entry(
        zh="日志里的内容读不懂：{problem}；可能由较新版本写下，或已损坏",
        en="what the journal holds cannot be read: {problem}; a newer version may have written it, or it is damaged",
    ),
    # What templates compare `failure` with: part of the rules language, not to be reworded.
    "failure-empty-message": Entry(zh="空消息", en="empty message"),
    "failure-message-too-long": Entry(zh="消息太长", en="message too long"),
    "failure-unreachable": Entry(zh="联系不上", en="unreachable"),
    "failure-busy": Entry(zh="正忙", en="busy"),
    "failure-limited": Entry(zh="达到上限", en="limited"),
    "failure-timed-out": Entry(zh="超时", en="timed out"),
    "failure-not-delivered": Entry(zh="没有送达", en="not delivered"),
    "failure-failed": Entry(zh="处理失败", en="failed"),
    "dropped-text": Entry(
        zh="旧版本记下的原因（{key}）", en="a reason that an earlier version noted ({key})"
    ),
}
