"""Objects from what somebody typed: names of properties with their values, all of it text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from packdesk.domain.objects.inks import Ink, ink_of, ink_text
from packdesk.domain.objects.values import MOST_LETTERS, Barcode, PanelObject, PictureObject, Shape, Text
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: dict[str, type[Text | PictureObject | Barcode | Shape]] = {
    "text": Text,
    "picture": PictureObject,
    "barcode": Barcode,
    "shape": Shape,
}
_INKS = frozenset(["ink", "border", "plate"])
_NONE = frozenset(["", "none", "-"])
_FIXED = frozenset(["id", "kind", "of"])
_ANY: TypeAdapter[PanelObject] = TypeAdapter(PanelObject)


def properties_of(kind: str) -> tuple[str, ...]:
    """The names of what can be set of a kind of object.

    Raises:
        InvalidInputError: there is no such kind.
    """
    if kind not in KINDS:
        raise InvalidInputError(
            Sentence("“{text}” is no kind of object.", text=cut(kind, 40)),
            Sentence("There are {kinds}.", kinds=", ".join(KINDS)),
        )
    return tuple(name for name in KINDS[kind].model_fields if name not in _FIXED)


def new_object(kind: str, object_id: str, typed: Mapping[str, str]) -> PanelObject:
    """An object of a kind with what was typed.

    Raises:
        InvalidInputError: there is no such kind or property, or a value cannot be one.
    """
    return _made({"kind": kind, "id": object_id}, kind, typed)


def changed(one: PanelObject, typed: Mapping[str, str]) -> PanelObject:
    """The object with what was typed in place of what it had; raises as `new_object`."""
    return _made(one.model_dump(), one.kind, typed)


def typed_value(value: object) -> str:
    """A property as it is typed."""
    if value is None:
        return "none"
    if isinstance(value, Ink):
        return ink_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _made(there: dict[str, Any], kind: str, typed: Mapping[str, str]) -> PanelObject:
    known = properties_of(kind)
    for name, text in typed.items():
        if name not in known:
            raise InvalidInputError(
                Sentence("A {kind} has no “{text}”.", kind=kind, text=cut(name, 40)),
                Sentence("It has {names}.", names=", ".join(known)),
            )
        there[name] = _value(name, text)
    try:
        return _ANY.validate_python(there)
    except ValidationError as error:
        if len(words := str(there.get("words", ""))) > MOST_LETTERS:
            raise InvalidInputError(
                Sentence(
                    "A text holds at most {most:,} letters; this one has {count:,}.",
                    most=MOST_LETTERS,
                    count=len(words),
                ),
                "Divide it into several texts.",
            ) from error
        wrong = str(error.errors()[0]["loc"][-1])
        raise InvalidInputError(
            Sentence(
                "“{text}” cannot be the {name} of an object.", text=cut(typed.get(wrong, ""), 40), name=wrong
            ),
            "Look up what it may be: docs/objects.md.",
        ) from error


def _value(name: str, text: str) -> object:
    if name in _INKS:
        return None if text.strip().casefold() in _NONE else ink_of(text).model_dump()
    return text.replace("\\n", "\n") if name == "words" else text
