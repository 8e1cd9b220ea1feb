"""Objects from what somebody typed: names of properties with their values, all of it text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from packdesk.domain.arithmetic import evaluate_length
from packdesk.domain.objects.inks import Ink, ink_of, ink_text
from packdesk.domain.objects.numbers import check_value
from packdesk.domain.objects.symbology import Symbology
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
_LENGTHS = frozenset(["x", "y", "width", "height", "thickness", "radius"])
_WORDS = frozenset(["words", "value", "name", "group", "family"])
_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
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
        if wrong == "value" and "value" in there:
            check_value(Symbology(there.get("symbology", Symbology.EAN13)), str(there["value"]))
        raise InvalidInputError(
            Sentence(
                "“{text}” cannot be the {name} of an object.", text=cut(typed.get(wrong, ""), 40), name=wrong
            ),
            _allowed(kind, wrong),
        ) from error


def _value(name: str, text: str) -> object:
    if name in _INKS:
        return None if text.strip().casefold() in _NONE else ink_of(text).model_dump()
    if name == "words":
        return text.replace("\\n", "\n")
    if _COMMA.fullmatch(text.strip()) and name not in _WORDS:
        return text.replace(",", ".")
    return _length(text) if name in _LENGTHS else text


def _length(text: str) -> str:
    """A number stays as it was typed; sums and other units become millimetres."""
    try:
        float(text)
    except ValueError:
        return f"{evaluate_length(text, 1.0):.9g}"
    return text


def _allowed(kind: str, name: str) -> str:
    """What a property may be."""
    schema = KINDS[kind].model_json_schema()
    told: dict[str, Any] = schema["properties"].get(name, {})
    for reference in [told.get("$ref"), *(one.get("$ref") for one in told.get("allOf", ()))]:
        if reference:
            told = schema["$defs"][reference.rsplit("/", 1)[-1]]
    if "enum" in told:
        return Sentence("It may be {choices}.", choices=", ".join(told["enum"]))
    if "minimum" in told and "maximum" in told:
        return Sentence("It may be {least:g} to {most:g}.", least=told["minimum"], most=told["maximum"])
    if told.get("type") == "boolean":
        return Sentence("It may be yes or no.")
    if "maxLength" in told:
        return Sentence("It holds at most {most} letters.", most=told["maxLength"])
    return Sentence("Look up what it may be: docs/objects.md.")
