"""What unreadable callbacks are answered with."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "not-an-object": Entry(
        zh="这不是机器人回调：应为一个 JSON 对象",
        en="this is no bot callback: a JSON object is expected",
    ),
    "not-json": Entry(
        zh="这不是 JSON：第 {column} 列附近有误",
        en="this is not JSON: it goes wrong near column {column}",
    ),
    "not-utf-8": Entry(
        zh="这一行不是 UTF-8 编码（从第 {offset} 字节起）",
        en="this line is not UTF-8 (from byte {offset} on)",
    ),
    "odd-json": Entry(
        zh="这不是可用的 JSON：数字过长、嵌套过深，或含有 NaN",
        en="this JSON cannot be used: a number too long, nested too deep, or NaN",
    ),
    "frame-data-not-json": Entry(
        zh="数据帧的 `data` 不是 JSON 对象",
        en="the `data` of the frame is not a JSON object",
    ),
    "unreadable-field": Entry(
        zh="回调字段 `{field}` 无法识别：{problem}",
        en="the callback's field `{field}` cannot be read: {problem}",
    ),
    "field.missing": Entry(zh="缺少这个字段", en="it is missing"),
    "field.empty": Entry(zh="它是空的", en="it is empty"),
    "field.wrong-kind": Entry(zh="它不是文字", en="it is no text"),
}
