"""Fields of a row in the objects of a panel: `{brand}` in lettering and 2D codes, its number in others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packdesk.domain.objects.numbers import ARTICLE_DIGITS, NUMBER_FIELD, number_in, waits_for_number
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import MOST_LETTERS, Barcode, Text
from packdesk.domain.ranges.fields import FIELDS, WORDS, Field
from packdesk.domain.ranges.naming import ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.pack_words import PackWords

_FIELD = re.compile(r"\{(" + "|".join((*FIELDS, ROW)) + r")\}")
_LIKE_ONE = re.compile(r"\{\s*\w[\w .-]{0,39}\}")
"""In braces, and no field, such as `{colour}` or `{Brand}`; not what stands in braces in programs' texts."""


def fields_in(recipe: Recipe) -> frozenset[str]:
    """The fields that objects of a panel show."""
    return frozenset(field for one in recipe.objects for field in fields_of(one))


def filled(recipe: Recipe, fields: Mapping[str, str]) -> Recipe:
    """The objects with what a row says in place of its fields; a field it does not say is left empty.

    An EAN-13 takes the row's code, whatever number it has, where the row has one; other article numbers where
    they are a field. Where the row says that it has none (its code is there, and empty), they are hidden.
    """
    return recipe.with_objects(tuple(_filled(one, fields) for one in recipe.objects))


def fields_of(one: PanelObject) -> Iterable[str]:
    """The fields an object shows, in their order."""
    if isinstance(one, Text):
        return _FIELD.findall(one.words)
    if isinstance(one, Barcode):
        return (Field.CODE,) if one.symbology is Symbology.EAN13 else unfilled_fields(one)
    return ()


def unfilled_fields(one: PanelObject) -> Iterable[str]:
    """The fields that stand in an object as such, in their order."""
    if isinstance(one, Text):
        return _FIELD.findall(one.words)
    if not isinstance(one, Barcode):
        return ()
    waits = waits_for_number(one.symbology, one.value)
    return (Field.CODE,) if waits else _FIELD.findall(one.value)


def unknown_fields(one: PanelObject) -> list[str]:
    """What looks like a field in an object and is none, braces included: it is printed as it stands."""
    if isinstance(one, Barcode) and one.symbology in ARTICLE_DIGITS:
        return []
    text = one.words if isinstance(one, Text) else one.value if isinstance(one, Barcode) else ""
    return [found for found in _LIKE_ONE.findall(text) if not _FIELD.fullmatch(found)]


def _filled(one: PanelObject, fields: Mapping[str, str]) -> PanelObject:
    if isinstance(one, Text) and _FIELD.search(one.words):
        return one.model_copy(update={"words": _put_in(one.words, fields)[:MOST_LETTERS]})
    if isinstance(one, Barcode) and one.symbology in ARTICLE_DIGITS:
        return _numbered(one, fields.get(Field.CODE))
    if isinstance(one, Barcode) and _FIELD.search(one.value):
        return one.model_copy(update={"value": _put_in(one.value, fields)})
    return one


def takes_number(one: PanelObject) -> bool:
    """Whether an object is a code of an article number that becomes the row's."""
    if not isinstance(one, Barcode):
        return False
    return one.symbology is Symbology.EAN13 or waits_for_number(one.symbology, one.value)


def _numbered(one: Barcode, number: str | None) -> Barcode:
    if not takes_number(one) or (number is None and not waits_for_number(one.symbology, one.value)):
        return one
    if number == "":  # the number that stands there is another product's
        return one.model_copy(update={"value": NUMBER_FIELD, "hidden": True})
    return one.model_copy(update={"value": number_in(one.symbology, number or "")})


def with_words(text: str, words: PackWords) -> str:
    """A text as it would be with the words on the pack in place of its fields."""
    return _put_in(text, {field: getattr(words, name) for field, name in WORDS.items()})


def _put_in(text: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: fields.get(found[1], ""), text)
