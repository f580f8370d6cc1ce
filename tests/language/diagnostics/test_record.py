"""Frozen records without generated code."""

from __future__ import annotations

import pickle

import pytest

from prx_dingtalk_router.language.diagnostics.record import Record


class Point(Record):
    """Two fields, one with a default, and something that is no field."""

    shown = "a point"
    x: int
    y: int = 5


class Place(Point):
    """One field more."""

    name: str = "here"


def test_fields_are_those_with_a_type() -> None:
    """In the order in which they are written, those of the class above first."""
    assert Point.fields == ("x", "y")
    assert Place.fields == ("x", "y", "name")


def test_fields_can_be_given_by_place_and_by_name() -> None:
    """What is not given has its default."""
    assert (Point(1).x, Point(1).y) == (1, 5)
    assert (Point(1, y=2).y, Place(1, 2, "there").name) == (2, "there")


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), ((1, 2, 3), {}), ((1,), {"x": 2}), ((1,), {"z": 2})],
    ids=["missing", "too many", "twice", "unknown"],
)
def test_other_fields_are_refused(values: tuple[int, ...], named: dict[str, int]) -> None:
    """Where no type checker looks, the call itself does."""
    with pytest.raises(TypeError, match="x, y"):
        Point(*values, **named)


def test_records_are_equal_by_class_and_fields() -> None:
    """And so are their hashes."""
    assert Point(1) == Point(1, 5)
    assert hash(Point(1)) == hash(Point(1, 5))
    assert Point(1) != Point(2)
    assert Point(1, 2) != Place(1, 2)
    assert repr(Point(1)) == "Point(x=1, y=5)"


def test_records_are_frozen() -> None:
    """A field is neither changed nor taken away; a changed copy is another record."""
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del point.x
    assert (point.changed(x=2), point) == (Point(2), Point(1))


def test_records_can_be_stored() -> None:
    """A record comes back from a pickle as it was."""
    assert pickle.loads(pickle.dumps(Place(1, 2))) == Place(1, 2)  # noqa: S301
