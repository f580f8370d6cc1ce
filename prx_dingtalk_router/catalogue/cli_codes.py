"""What ``codes`` prints."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

CODES: dict[str, Entry] = {
    "codes.help": Entry(
        zh="说明一个诊断代码：指出什么、为什么、错的和对的写法；不写代码就列出全部。",
        en="Explain a diagnostic: what it flags, why, wrong and right; without a code, list all.",
    ),
    "codes.example": Entry(zh="例如：prx-router codes PRX203", en="Example: prx-router codes PRX203"),
    "codes.code": Entry(
        zh="代码或名称，例如 PRX203 或 unused-name", en="a code or a name, such as PRX203 or unused-name"
    ),
    "codes.json": Entry(zh="输出 JSON：全部时每行一个", en="print JSON: of all diagnostics, one a line"),
    "codes.unknown": Entry(
        zh="没有诊断 `{found}`；最接近的是 {near}；`prx-router codes` 列出全部",
        en="there is no diagnostic `{found}`; the nearest are {near}; `prx-router codes` lists all",
    ),
    "codes.what": Entry(zh="是什么", en="What"),
    "codes.why": Entry(zh="为什么", en="Why"),
    "codes.wrong": Entry(zh="错误写法", en="Wrong"),
    "codes.right": Entry(zh="正确写法", en="Right"),
    "codes.fix": Entry(zh="怎么改", en="How to mend it"),
}
