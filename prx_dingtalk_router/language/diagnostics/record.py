"""What makes a class with typed fields a frozen record.

To a type checker it is a frozen dataclass. At run time the methods are shared instead of written and compiled for each
class, which takes a third of the time: there are about a hundred kinds of diagnostics, and every command loads them.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Record:
    """A value that is made of its fields: equal to another of the same class with the same fields, and never changed."""

    fields: ClassVar[tuple[str, ...]] = ()
    """The names of its fields, those of the class above first."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = (name for name, kind in cls.__annotations__.items() if not str(kind).startswith("ClassVar"))
        cls.fields = (*cls.fields, *own)

    def __init__(self, *values: object, **named: object) -> None:
        given = {**dict(zip(self.fields, values, strict=False)), **named}
        missing = [name for name in self.fields if name not in given and not hasattr(type(self), name)]
        if len(given) < len(values) + len(named) or missing or not given.keys() <= {*self.fields}:
            problem = f"{type(self).__name__} takes the fields {', '.join(self.fields)}"
            raise TypeError(problem)
        self.__dict__.update(
            (name, given[name] if name in given else getattr(type(self), name)) for name in self.fields
        )

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({shown})"

    def changed(self, **fields: Any) -> Self:
        """A copy with other values in these fields."""
        return type(self)(**{**self.__dict__, **fields})
