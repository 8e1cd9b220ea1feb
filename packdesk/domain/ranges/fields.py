"""The fields a column of a table may be, and the names they go by in English and German."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import chain

from packdesk.domain.panels import PANEL_IDS


class Field(StrEnum):
    """What a column says of each product, besides the picture of a panel, which goes by the panel's name."""

    BRAND = "brand"
    PRODUCT = "product"
    LINE = "line"
    WEIGHT = "weight"
    CODE = "code"
    PROMPT = "prompt"
    TYPE = "type"
    WIDTH = "width"
    HEIGHT = "height"
    DEPTH = "depth"
    FINISH = "finish"
    SHEET = "sheet"
    FILE = "file"


PANELS = tuple(dict.fromkeys(chain.from_iterable(PANEL_IDS.values())))
FIELDS = (*map(str, Field), *PANELS)
"""Every name a column may be given."""
WORDS = {
    Field.BRAND: "brand",
    Field.PRODUCT: "product",
    Field.LINE: "line",
    Field.WEIGHT: "net_weight",
    Field.CODE: "barcode",
}
"""Fields that stand on the pack, and what `PackWords` calls them."""
SIDES = (Field.WIDTH, Field.HEIGHT, Field.DEPTH)

_NAMES = {
    Field.BRAND: "brand|brand name|marke|markenname",
    Field.PRODUCT: "product|product name|name|article|item|produkt|produktname|artikel|bezeichnung",
    Field.LINE: "line|variety|tagline|claim|flavour|flavor|sorte|linie|variante",
    Field.WEIGHT: "weight|net weight|net wt|contents|gewicht|nettogewicht|füllmenge|inhalt",
    Field.CODE: "code|barcode|ean|ean 13|gtin|gtin 13|strichcode|ean code|ean nummer",
    Field.PROMPT: "prompt|motif|artwork|motiv|beschreibung des motivs",
    Field.TYPE: "type|package|package type|typ|packung|packungsart|form",
    Field.WIDTH: "width|diameter|breite|durchmesser",
    Field.HEIGHT: "height|höhe",
    Field.DEPTH: "depth|tiefe|length|länge",
    Field.FINISH: "finish|surface|oberfläche|veredelung",
    Field.SHEET: "sheet|artwork of the blank|bogen|gesamtmotiv",
    Field.FILE: "file|file name|filename|output|datei|dateiname",
}
_PANEL_NAMES = {
    "front": "front|vorderseite|vorne",
    "back": "back|rückseite|hinten",
    "left": "left|linke seite|links",
    "right": "right|rechte seite|rechts",
    "top": "top|oberseite|deckel|oben",
    "bottom": "bottom|unterseite|boden|unten",
    "body": "body|wrap|mantel",
}
_BY_NAME = {
    name: str(field)
    for field, names in chain(_NAMES.items(), _PANEL_NAMES.items())
    for name in names.split("|")
}
_LENGTHS = {
    "mm": "mm|millimet(?:er|re)s?",
    "cm": "cm|centimet(?:er|re)s?|zentimeter",
    "m": "m|met(?:er|re)s?",
    "in": 'in|inch(?:es)?|zoll|"',
}
"""Units after the name of a side, by what `UNITS_MM` calls them."""
_CONTENTS = "mg|g|kg|ml|cl|dl|l|fl oz|oz|lbs?"
"""Likewise after the name of the weight."""
_SAYS_CONTENTS = re.compile(rf"(?<![^\W\d_])(?:{_CONTENTS})[.\s]*$", re.IGNORECASE)
_UNIT = re.compile(
    rf"(?:[\s(\[]+(?:in )?(?:{'|'.join(_LENGTHS.values())}|(?P<contents>{_CONTENTS}))|mm)[\s)\]]*$",
    re.IGNORECASE,
)
_ABOUT_PICTURES = re.compile(r"^(?:picture|image|bild)(?: of| for|:)? ?(?:the )?|[ -](?:picture|image|bild)$")


def field_called(heading: str) -> str | None:
    """The field of that name, be it with its unit, in capitals or with underscores; None for no field."""
    plain = _plain(heading.casefold())
    known = _BY_NAME.get(plain) or _BY_NAME.get(_ABOUT_PICTURES.sub("", plain))
    unit = None if known else _UNIT.search(plain)
    if unit is None:
        return known
    named = _BY_NAME.get(plain[: unit.start()])
    return named if named in ((Field.WEIGHT,) if unit["contents"] else SIDES) else None


def says_contents(text: str) -> bool:
    """Whether a text ends in a unit of weight or volume."""
    return _SAYS_CONTENTS.search(text) is not None


def unit_in(heading: str) -> str:
    """The unit a heading ends with: of a length as of `UNITS_MM`, or of contents; empty for none."""
    found = _UNIT.search(_plain(heading))
    if found is None or found["contents"]:
        return found["contents"] if found else ""
    said = found[0].casefold().strip(" ()[]").removeprefix("in ")
    return next((unit for unit, names in _LENGTHS.items() if re.fullmatch(names, said)), "")


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[_\-.:]+", " ", heading).split())
