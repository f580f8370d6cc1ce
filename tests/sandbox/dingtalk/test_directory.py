"""The directory: look-ups, private chats, and what must not be in it twice."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.dingtalk import App, Conversation, Directory, Person


def test_demo_company_is_believable(directory: Directory) -> None:
    """IT staff, an administrator, an outsider and three titled groups whose members exist."""
    assert any(person.admin for person in directory.people)
    assert sum(person.external for person in directory.people) == 1
    assert len(directory.conversations) == 3
    for room in directory.conversations:
        assert room.title
        assert all(directory.find(member) for member in room.members)


def test_people_are_found_by_either_id(directory: Directory) -> None:
    """Staff id and sender id lead to the same person; only colleagues are reachable by staff id."""
    person = directory.person("u1001")
    assert directory.person(person.sender_id) is person
    assert directory.colleague("u1001") is person
    assert directory.colleague(person.sender_id) is None
    assert directory.colleague("g9001") is None


def test_unknown_names_are_told_with_the_known_ones(directory: Directory) -> None:
    """Errors list who and what exists."""
    with pytest.raises(SandboxError, match="manager1234"):
        directory.person("nobody")
    with pytest.raises(SandboxError, match="cidITHelpDesk2026A1=="):
        directory.conversation("cidNothing")


def test_people_come_change_and_go(directory: Directory) -> None:
    """A colleague comes into every group, a guest where guests are; who gets another id stays in the groups."""
    directory.add(Person("u2001", "新人"))
    directory.add(Person("g9002", "来宾", external=True))
    members = {group.title: group.members for group in directory.conversations}
    assert all("u2001" in each for each in members.values())
    assert [title for title, each in members.items() if "g9002" in each] == ["云启项目对接群"]
    directory.change("u2001", Person("u2002", "老人", admin=True))
    assert directory.find("u2001") is None
    assert directory.people[-2].nick == "老人"
    assert all("u2002" in group.members for group in directory.conversations)
    assert directory.private("u2002").members == ("u2002",)
    directory.remove("u2002")
    assert not any("u2002" in group.members for group in directory.conversations)


def test_changes_that_cannot_be_leave_all_as_it_was(directory: Directory) -> None:
    """An id that is taken, somebody unknown, nobody left."""
    before = (directory.people, directory.conversations)
    with pytest.raises(SandboxError, match="u1001"):
        directory.add(Person("u1001", "n"))
    with pytest.raises(SandboxError, match="u1002"):
        directory.change("u1001", Person("u1002", "n"))
    with pytest.raises(SandboxError, match="nobody"):
        directory.remove("nobody")
    assert (directory.people, directory.conversations) == before
    alone = Directory((App("a", "s"),), (Person("u1", "n"),))
    with pytest.raises(SandboxError):
        alone.remove("u1")
    assert alone.find("u1") is not None


def test_each_robot_has_its_own_private_chats() -> None:
    """A person's private chats with two robots are two conversations."""
    one, two = App("a", "s"), App("b", "s")
    directory = Directory((one, two), (Person("u1", "甲"),))
    assert directory.private("u1", one).id != directory.private("u1", two).id
    assert directory.conversation(directory.private("u1", two).id).kind == "1"


@pytest.mark.parametrize(
    "parts",
    [
        ((), (Person("u1", "n"),), ()),
        ((App("a", "s"),), (), ()),
        ((App("a", "s"), App("a", "t", robot_code="other")), (Person("u1", "n"),), ()),
        ((App("a", "s"),), (Person("u1", "n"), Person("u1", "m")), ()),
        ((App("a", "s"),), (Person("u1", "n"),), (Conversation("c", "2"), Conversation("c", "2"))),
    ],
)
def test_impossible_directories_are_refused(
    parts: tuple[tuple[App, ...], tuple[Person, ...], tuple[Conversation, ...]],
) -> None:
    """Nobody, nothing, or an id twice is an error."""
    with pytest.raises(SandboxError):
        Directory(*parts)


def test_secret_is_not_in_a_repr(directory: Directory) -> None:
    """A directory can be printed without its secret."""
    assert "s3cr3t-value" not in repr(directory)
