"""People, conversations and lines as the page is told of them: plain data."""

from __future__ import annotations

from prx_dingtalk_router.sandbox.dingtalk import Conversation, Directory, Line, Person

Item = dict[str, object]


def person_item(person: Person) -> Item:
    """Somebody of the directory."""
    return {
        "key": person.staff_id,
        "nick": person.nick,
        "title": {"zh": person.title, "en": person.title_en or person.title},
        "external": person.external,
        "admin": person.admin,
    }


def conversation_item(conversation: Conversation) -> Item:
    """A group or a private chat."""
    return {
        "id": conversation.id,
        "kind": "group" if conversation.kind == "2" else "private",
        "title": conversation.title,
        "members": list(conversation.members),
    }


def line_item(line: Line, directory: Directory) -> Item:
    """A message as people see it; ``pretended`` is by how many milliseconds its time differs from the real one."""
    room = directory.room(line.conversation_id)
    robots = {app.robot_code for app in directory.apps}
    writer = directory.find(line.staff_id) or directory.find(line.sender_id)
    return {
        "at": line.said_at,
        "pretended": line.said_at - line.at,
        "conversation": line.conversation_id,
        "author": line.author,
        "name": line.name,
        "person": writer.staff_id if writer and line.author == "person" else None,
        "msg_id": line.msg_id,
        "type": line.type,
        "text": line.text,
        "title": line.title,
        "markdown": line.markdown,
        "mentions": [each for each in line.mentions if each not in robots],
        "in_reply_to": line.in_reply_to,
        "buttons": [{"title": each.title, "url": each.url} for each in line.buttons],
        "pictures": list(line.pictures),
        "file_name": line.file_name,
        "quote": line.quote,
        "route": line.route,
        "addressed": room is None or room.kind == "1" or not robots.isdisjoint(line.mentions),
    }
