"""What ``guide`` prints."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

GUIDE: dict[str, Entry] = {
    "guide.help": Entry(
        zh="怎么写规则：入门、全部写法和常见的愿望；不写主题就列出有哪些。",
        en="Show how to write rules: a tutorial, every form, everyday wishes; without a topic, list what there is.",
    ),
    "guide.example": Entry(
        zh='例如：prx-router guide 时间；prx-router guide 6；prx-router guide "while busy"',
        en='Example: prx-router guide hours; prx-router guide 6; prx-router guide "while busy"',
    ),
    "guide.topic": Entry(
        zh="标题、愿望的编号，或规则里的任何一个词",
        en="a title, the number of a wish, or any word of the rules language",
    ),
    "guide.how": Entry(
        zh='看其中一节：`prx-router guide 时间`、`prx-router guide 6`；也可以写规则里的词：`prx-router guide "at most"`',
        en='To read one: `prx-router guide hours`, `prx-router guide 6`; words of rules do, too: `prx-router guide "at most"`',
    ),
    "guide.several": Entry(zh="这几节说到“{found}”：", en="These speak of “{found}”:"),
    "guide.unknown": Entry(
        zh="哪里都没有说到“{found}”；`prx-router guide` 列出有哪些",
        en="nothing speaks of “{found}”; `prx-router guide` lists what there is",
    ),
}
