"""Who exists: applications with their robots, people, and the conversations they are in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from prx_dingtalk_router.errors import SandboxError

Kind = Literal["1", "2"]


def _opaque(*parts: str) -> str:
    """A stable opaque identifier, as DingTalk's encrypted ones look."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return base64.b64encode(digest[:16]).decode()


@dataclass(frozen=True, slots=True)
class App:
    """An enterprise application with its robot; ``client_secret`` never shows in a ``repr``."""

    client_id: str
    client_secret: str = field(repr=False)
    robot_code: str = ""
    robot_name: str = "智能助理"
    corp_id: str = "dingcorp01"
    app_id: str = ""

    def __post_init__(self) -> None:
        if not self.robot_code:
            object.__setattr__(self, "robot_code", self.client_id)
        if not self.app_id:
            raw = hashlib.sha256(self.client_id.encode()).hexdigest()
            object.__setattr__(
                self, "app_id", f"{raw[:8]}-{raw[8:12]}-4{raw[13:16]}-a{raw[17:20]}-{raw[20:32]}"
            )

    @property
    def chatbot_user_id(self) -> str:
        """The robot's own encrypted id (``chatbotUserId``, and its ``dingtalkId`` in ``atUsers``)."""
        return f"$:LWCP_v1:${_opaque('robot', self.robot_code)}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can write to a robot.

    ``staff_id`` is the id in the person's own organisation; a robot sees it only of people who are not ``external``
    (dingtalk-stream.md section 6). ``sender_id`` is the encrypted id that the first robot sees. ``title`` is what the person
    does, ``title_en`` the same in English.
    """

    staff_id: str
    nick: str
    union_id: str = ""
    external: bool = False
    admin: bool = False
    sender_id: str = ""
    title: str = ""
    title_en: str = ""
    platform: str = "Win"

    def __post_init__(self) -> None:
        if not self.sender_id:
            object.__setattr__(self, "sender_id", f"$:LWCP_v1:${_opaque('person', self.staff_id)}")
        if not self.union_id:
            object.__setattr__(self, "union_id", _opaque("union", self.staff_id).rstrip("=") + "iE")

    def sender_id_for(self, app: App, first: App) -> str:
        """The encrypted id that the robot of ``app`` sees; each robot sees another one."""
        if app.client_id == first.client_id:
            return self.sender_id
        return f"$:LWCP_v1:${_opaque('person', self.sender_id, app.robot_code)}"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A private chat (kind ``"1"``) or a group (kind ``"2"``).

    ``members`` are staff ids; ``robots`` the robot codes that an administrator added, empty for all of the directory.
    """

    id: str
    kind: Kind
    title: str = ""
    members: tuple[str, ...] = ()
    robots: tuple[str, ...] = ()


@dataclass
class Directory:
    """Applications, people and groups, with look-ups. Private chats of every person with every robot arise here.

    People may come, change and go; nothing of that happens where it would leave the directory in disorder.

    Raises:
        SandboxError: nobody or nothing is in it, or two share an id.
    """

    apps: tuple[App, ...]
    people: tuple[Person, ...]
    conversations: tuple[Conversation, ...] = ()
    _people: dict[str, Person] = field(init=False, repr=False, compare=False)
    _conversations: dict[str, Conversation] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._become(self.people, self.conversations)

    def add(self, person: Person) -> None:
        """Let somebody come: into every group of colleagues, or as a guest where guests are already.

        Raises:
            SandboxError: the id is taken.
        """
        guests = {each.staff_id for each in self.people if each.external}
        groups = tuple(
            group
            if person.external and guests.isdisjoint(group.members)
            else replace(group, members=(*group.members, person.staff_id))
            for group in self.conversations
        )
        self._become((*self.people, person), groups)

    def change(self, staff_id: str, person: Person) -> None:
        """Put ``person`` in somebody's place, in the same groups; with another staff id the private chat is another one.

        Raises:
            SandboxError: nobody has the id, or the new one is taken.
        """
        old = self.person(staff_id).staff_id
        people = tuple(person if each.staff_id == old else each for each in self.people)
        self._become(people, self._with_members(lambda each: person.staff_id if each == old else each))

    def remove(self, staff_id: str) -> None:
        """Let somebody go, out of all groups.

        Raises:
            SandboxError: nobody has the id, or nobody would be left.
        """
        old = self.person(staff_id).staff_id
        people = tuple(each for each in self.people if each.staff_id != old)
        self._become(people, self._with_members(lambda each: None if each == old else each))

    def _with_members(self, renamed: Callable[[str], str | None]) -> tuple[Conversation, ...]:
        return tuple(
            replace(group, members=tuple(name for each in group.members if (name := renamed(each))))
            for group in self.conversations
        )

    def _become(self, everybody: tuple[Person, ...], groups: tuple[Conversation, ...]) -> None:
        if not self.apps or not everybody:
            raise SandboxError("sandbox.dingtalk-empty-directory")
        people: dict[str, Person] = {}
        for person in everybody:
            for key in (person.staff_id, person.sender_id):
                if key in people:
                    raise SandboxError("sandbox.dingtalk-same-id", id=key)
                people[key] = person
        rooms: dict[str, Conversation] = {}
        private = (_private(app, person) for app in self.apps for person in everybody)
        for room in (*groups, *private):
            if room.id in rooms:
                raise SandboxError("sandbox.dingtalk-same-id", id=room.id)
            rooms[room.id] = room
        if len({app.client_id for app in self.apps}) < len(self.apps):
            raise SandboxError("sandbox.dingtalk-same-id", id=self.apps[-1].client_id)
        self.people, self.conversations = everybody, groups
        self._people, self._conversations = people, rooms

    def app(self, client_id: str) -> App | None:
        """The application of a client id."""
        return next((app for app in self.apps if app.client_id == client_id), None)

    def robot(self, robot_code: str) -> App | None:
        """The application whose robot has this code."""
        return next((app for app in self.apps if app.robot_code == robot_code), None)

    def find(self, staff_id_or_sender: str) -> Person | None:
        """The person of a staff id or an encrypted sender id, or ``None``."""
        return self._people.get(staff_id_or_sender)

    def person(self, staff_id_or_sender: str) -> Person:
        """As ``find``, but somebody unknown is a ``SandboxError`` that names who is known."""
        person = self.find(staff_id_or_sender)
        if person is None:
            known = [f"{each.staff_id} ({each.nick})" for each in self.people]
            raise SandboxError("sandbox.dingtalk-unknown-person", name=staff_id_or_sender, known=known)
        return person

    def colleague(self, staff_id: str) -> Person | None:
        """Somebody of the robot's organisation, by staff id: whom the robot API can reach."""
        person = self._people.get(staff_id)
        return person if person and not person.external and person.staff_id == staff_id else None

    def room(self, conversation_id: str) -> Conversation | None:
        """A group or private chat by id, or ``None``."""
        return self._conversations.get(conversation_id)

    def conversation(self, conversation_id: str) -> Conversation:
        """As ``room``, but an unknown id is a ``SandboxError`` that names the groups."""
        room = self.room(conversation_id)
        if room is None:
            known = [f"{each.id} ({each.title})" for each in self.conversations]
            raise SandboxError("sandbox.dingtalk-unknown-conversation", id=conversation_id, known=known)
        return room

    def private(self, staff_id_or_sender: str, app: App | None = None) -> Conversation:
        """The private chat of a person with a robot (of the first application unless named)."""
        return self._conversations[_private(app or self.apps[0], self.person(staff_id_or_sender)).id]

    @classmethod
    def demo(cls, client_id: str, client_secret: str) -> Directory:
        """A small company to try things with: an IT desk, an administrator, a guest of a partner, three groups."""
        people = (
            Person("u1001", "林晓雨", title="研发工程师", title_en="developer", platform="Mac"),
            Person("u1002", "陈志强", title="运维工程师", title_en="operations engineer", platform="Mac"),
            Person("u1003", "王芳", title="财务专员", title_en="accountant"),
            Person("u1004", "刘洋", title="IT 支持工程师", title_en="IT support"),
            Person("u1005", "赵敏", title="人事经理", title_en="head of HR", platform="iOS"),
            Person(
                "manager1234",
                "周建国",
                title="信息中心主任",
                title_en="head of IT",
                admin=True,
                platform="iOS",
            ),
            Person("u1006", "孙悦", title="销售代表", title_en="sales", platform="Android"),
            Person(
                "g9001", "马可(云启科技)", title="合作方来宾", title_en="guest of a partner", external=True
            ),
        )
        staff = tuple(person.staff_id for person in people if not person.external)
        groups = (
            Conversation("cidITHelpDesk2026A1==", "2", "IT 服务台", staff),
            Conversation(
                "cidOpsOnCall2026B22==", "2", "运维值班", ("u1001", "u1002", "u1004", "manager1234")
            ),
            Conversation(
                "cidPartnerYunqi26C3==", "2", "云启项目对接群", ("u1002", "u1004", "u1006", "g9001")
            ),
        )
        return cls((App(client_id, client_secret),), people, groups)


def _private(app: App, person: Person) -> Conversation:
    return Conversation(
        f"cid{_opaque('private', app.robot_code, person.staff_id)}",
        "1",
        members=(person.staff_id,),
        robots=(app.robot_code,),
    )
