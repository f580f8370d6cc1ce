"""What is said about the journal and the file it is in."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

JOURNAL: dict[str, Entry] = {
    "journal-taken": Entry(
        zh="消息台账 {path} 正被另一个路由器使用：进程 {holder}；先停掉它，或者给这一个换个 [journal] url",
        en="the journal {path} is in use by another router, process {holder}: stop that one, or give this one another url in "
        "[journal]",
    ),
    "journal-full": Entry(
        zh="消息台账 {path} 写不进去：磁盘已满；请腾出空间",
        en="the journal {path} cannot be written: the disk is full; make room",
    ),
    "journal-locked": Entry(
        zh="消息台账 {path} 被另一个程序锁住了；请关掉打开着它的程序（例如 sqlite3）",
        en="the journal {path} is locked by another program: close what has it open, such as sqlite3",
    ),
    "journal-corrupt": Entry(
        zh="消息台账 {path} 已损坏，或不是数据库（{why}）；请把它移走（留作检查）再启动，未完成的消息会丢失",
        en="the journal {path} is damaged, or no database ({why}): move it away to be looked at, and start again; what was "
        "unfinished is lost",
    ),
    "journal-read-only": Entry(
        zh="消息台账 {path} 写不进去（{why}）；请检查这个文件和所在文件夹的权限",
        en="the journal {path} cannot be written ({why}): check the permissions of the file and of its folder",
    ),
    "journal-unopened": Entry(
        zh="消息台账 {path} 打不开（{why}）；请检查 [journal] url，所在文件夹须先建好",
        en="the journal {path} cannot be opened ({why}): check url in [journal]; its folder must exist",
    ),
    "journal-broken": Entry(
        zh="消息台账 {path} 用不了：{why}；请检查所在的磁盘",
        en="the journal {path} cannot be used: {why}; check the disk it is on",
    ),
    "journal-gone": Entry(
        zh="消息台账的文件 {path} 在运行中被删除、移走或替换了",
        en="the journal's file {path} was removed, moved or replaced while the router was running",
    ),
    "journal-foreign": Entry(
        zh="{path} 是别的程序的数据库，不是消息台账；请检查 [journal] url",
        en="{path} is a database of another program, no journal: check url in [journal]",
    ),
    "journal-newer": Entry(
        zh="消息台账 {path} 由较新的版本写成（第 {found} 版，本版本最多认识第 {known} 版）；请换回那个版本，或更新",
        en="the journal {path} was made by a newer version (form {found}, this version knows up to {known}): run that version "
        "again, or update this one",
    ),
    "journal-closed": Entry(zh="消息台账已关闭", en="the journal is closed"),
    "journal-conflict": Entry(
        zh="消息 {msg_id} 的台账记录已被别处改动", en="the record of message {msg_id} was changed elsewhere"
    ),
    "journal-trouble": Entry(
        zh="{problem}；在此期间不确认新消息，处理中的消息停在原处，会一直重试",
        en="{problem}; meanwhile new messages are not acknowledged and those under way stay where they are; it is tried again "
        "and again",
    ),
    "journal-works": Entry(
        zh="消息台账又能写了（中断了 {seconds} 秒），消息继续处理",
        en="the journal keeps what is written again (it did not for {seconds} s): messages go on",
    ),
    "journal-untidy": Entry(
        zh="清理消息台账没有成功，稍后再试：{problem}",
        en="the journal could not be tidied, will be tried again: {problem}",
    ),
    "journal-not-copied": Entry(
        zh="消息台账的日志 {log} 暂时写不进台账，会变得越来越大；没有丢失任何消息，会一直重试：{problem}",
        en="the journal's log {log} cannot be copied into the journal and grows; no message is lost, it is tried again and again: "
        "{problem}",
    ),
    "journal-log-long": Entry(
        zh="消息台账的日志 {log} 已有 {megabytes} MB，还在变大：有别的程序一直在读台账（例如没有关掉的 sqlite3，或备份）；"
        "请关掉它，在那之前过期的消息先不删除",
        en="the journal's log {log} has {megabytes} MB and grows, as another program goes on reading the journal, such as a sqlite3 "
        "that was left open, or a backup: close it; old messages are not removed until then",
    ),
    "journal-copied": Entry(
        zh="消息台账的日志 {log} 恢复正常，不再变大",
        en="the journal's log {log} is as it should be again, and does not grow",
    ),
}
