"""PRX327 impossible-id."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.message.ids import Flaw, IdKind

KINDS = {
    "sender": Entry(zh=" staff ID（员工的 userid）", en="a staff ID"),
    "conversation": Entry(zh="会话 ID", en="the id of a conversation"),
    "robot": Entry(zh="机器人的 ID", en="the id of a robot"),
    "corp": Entry(zh="企业的 ID", en="the id of an organisation"),
}
PIECES = {
    "sender": Entry(zh=" staff ID（员工的 userid）的一部分", en="a piece of a staff ID"),
    "conversation": Entry(zh="会话 ID 的一部分", en="a piece of the id of a conversation"),
    "robot": Entry(zh="机器人 ID 的一部分", en="a piece of the id of a robot"),
    "corp": Entry(zh="企业 ID 的一部分", en="a piece of the id of an organisation"),
}
REASONS = {
    "respelled": Entry(
        zh="里面有空格、引号、标点或全角字符",
        en="it has blanks, quotes, punctuation or full-width characters",
    ),
    "several": Entry(zh="这是几个 ID 写在了一起", en="it is several ids in one"),
    "columns": Entry(zh="ID 后面多了别的内容", en="there is more than the id"),
    "conversation": Entry(zh="这是会话的 ID", en="it is the id of a conversation"),
    "encrypted": Entry(
        zh="这是加密的 senderId，每个机器人都不同",
        en="it is an encrypted `senderId`, another one for each robot",
    ),
    "name": Entry(zh="这像是名字", en="it looks like a name"),
    "title": Entry(zh="这像是群名", en="it looks like the title of a group"),
    "person": Entry(zh="会话 ID 都以 `cid` 开头", en="ids of conversations begin with `cid`"),
    "everybody": Entry(zh="它不是某一个人", en="it is no single person"),
    "signs": Entry(zh="里面有这种 ID 没有的字符", en="it has characters that such ids do not have"),
}
STAFF_ID = Entry(
    zh="改成 staff ID（像 `u1001`）：管理后台的通讯录里叫 userid，日志里每条消息的那一行也有",
    en="write the staff ID, as `u1001`: the address book of the admin console calls it userid, and the log has it with each message",
)
ALL_USERS = Entry(
    zh='要让所有人都能用，写 `"*"`；否则写出每个人的 staff ID，像 `u1001`',
    en='write `"*"` to admit everybody, else the staff ID of each, as `u1001`',
)
EACH_NOTIFIED = Entry(
    zh="通知只发给写明的人：写出每个人的 staff ID，像 `u1001`",
    en="notices go to the people who are named: write the staff ID of each, as `u1001`",
)
BY_NAME = Entry(
    zh="按名字判断请用 `sender.name …`（谁都能改自己的名字）；按人判断请写 staff ID，像 `u1001`",
    en="to go by the name write `sender.name …` (anyone can change theirs); for a person, the staff ID, as `u1001`",
)
ADVICE = {
    "respelled": Entry(zh="写成 `{meant}`", en="write `{meant}`"),
    "several": Entry(
        zh='每个 ID 各写一项，如 `in ["u1001", "u1002"]`；文件里一行一个',
        en='write each by itself, as `in ["u1001", "u1002"]`; in a file, one a line',
    ),
    "columns": Entry(
        zh="只留下 `{meant}`；姓名等可以写在前面以 `#` 开头的一行里",
        en="leave only `{meant}`; a name can go into a line before it that begins with `#`",
    ),
    "conversation": Entry(
        zh='要指会话请用 `conversation is "{found}"`；要指人请写 staff ID，像 `u1001`',
        en='for the conversation write `conversation is "{found}"`; for a person the staff ID, as `u1001`',
    ),
    "encrypted": STAFF_ID,
    "name": STAFF_ID,
    "title": Entry(
        zh='按群名请用 `conversation.title is "{found}"`（谁都能改群名）；会话 ID 以 `cid` 开头，日志里每条消息的那一行都有',
        en='for the title write `conversation.title is "{found}"` (anyone can change it); ids of conversations begin with `cid`, and the log has them with each message',
    ),
    "person": Entry(
        zh='要指人请用 `sender is "{found}"`；会话 ID 日志里每条消息的那一行都有',
        en='for a person write `sender is "{found}"`; the log has the id of the conversation with each message',
    ),
    "everybody": Entry(
        zh="机器人的回复不能 @ 所有人；写出要 @ 的人的 staff ID，像 `u1001`，或只写 `mention`（@ 发消息的人）",
        en="a reply cannot mention everybody; name staff IDs, as `u1001`, or write `mention` alone for the sender",
    ),
    "signs": Entry(
        zh="从管理后台或日志里把 ID 原样复制过来",
        en="copy the id as it is from the admin console or from the log",
    ),
}


class ImpossibleId(Diagnostic, frozen=True):
    """An id that no message can have.

    What: ``sender``, ``conversation``, ``robot`` or ``corp`` is compared with something that such an id can never be, a reply
        mentions it, or a test gives it to a message: a name, an id with blanks, quotes or full-width characters around it, a
        line with more than the id, the id of a conversation in the place of a staff ID.
    Why: Ids are compared exactly. The comparison never holds, so whoever was meant is let in nowhere, or kept out of nothing.
    Wrong:
        rule boss when sender is "王芳" then reply "您好"
    Right:
        rule boss when sender is "u1001" then reply "您好"
    Fix: Write the staff ID, as in ``sender is "u1001"``; DingTalk's admin console shows it as the user ID of a
        person. Names are compared by ``sender.name is "…"``, but anyone can change theirs.
    """

    page_zh = """
    这个 ID 不可能是真的。

    是什么：`sender`、`conversation`、`robot` 或 `corp` 和不可能是 ID 的内容比较，回复里 @ 了它，或测试用了
        它：例如姓名、前后有空格、引号或全角字符的 ID、一行里除了 ID 还有别的内容、该写员工的地方写了会话
        ID。
    为什么：ID 要一字不差。这样的比较永远不成立，想放行的人进不来，想拦住的人拦不住。
    怎么改：写 staff ID，例如 `sender is "u1001"`；在钉钉管理后台的通讯录里，员工资料的“员工 UserID”就是它。
        要按姓名判断用 `sender.name is "王芳"`，但昵称谁都能改。
    """

    code = "PRX327"
    severity = "warning"
    sentence = Entry(zh="`{found}` 不可能是{what}：{why}", en="`{found}` cannot be {what}: {why}")
    advice = Entry(zh="{instead}", en="{instead}")

    found: str
    kind: IdKind
    flaw: Flaw
    meant: str | None
    written: str | None
    """What to write at the place, where it is known."""
    piece: bool = False
    """Whether it is looked for within the id."""
    key: str = ""
    """The key of the configuration that names it, if one does."""

    @property
    def what(self) -> Wording:
        """Which id it is, for people."""
        return Wording((PIECES if self.piece else KINDS)[self.kind])

    @property
    def why(self) -> Wording:
        """What is wrong with it, for people."""
        return Wording(REASONS[self.flaw])

    @property
    def instead(self) -> Wording:
        """What to write, for people."""
        if self.piece and self.flaw == "name":
            return Wording(BY_NAME)
        if self.key and self.flaw == "everybody":
            return Wording(ALL_USERS if self.key == "allowed_users" else EACH_NOTIFIED)
        return Wording(ADVICE[self.flaw], {"found": self.found, "meant": self.meant or ""})

    def fix(self) -> Fix | None:
        """Write the id that was meant; messages match then that did not before."""
        return Fix.replacing(self.span, self.written, SUGGESTED) if self.written is not None else None
