"""What objects and their properties are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.objects.inks import ink_text
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Across, Align, Barcode, Down, Form, Shape, Text
from packdesk.domain.text import cut, printable
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from packdesk.domain.objects.values import PanelObject

_LENGTH = 60


def kind_words(kind: str) -> str:
    """A kind of object."""
    return {
        "text": translate("objects", "Text"),
        "picture": translate("objects", "Picture"),
        "barcode": translate("objects", "Code"),
        "shape": translate("objects", "Shape"),
    }[kind]


def object_words(one: PanelObject) -> str:
    """An object: its name, else what it says or looks like, else its kind and number."""
    told = one.name
    if isinstance(one, Text):
        told = told or one.words
    elif isinstance(one, Barcode):
        told = told or f"{_SYMBOLOGIES[one.symbology]} {one.value}"
    elif isinstance(one, Shape):
        told = told or _shape_words(one)
    number = one.id.rpartition("-")[2]
    unnamed = f"{kind_words(one.kind)} {number}" if number.isdigit() else kind_words(one.kind)
    return cut(" ".join(printable(told).split()), _LENGTH) or unnamed


def _shape_words(one: Shape) -> str:
    form = next(words for form, words in choices("form") if form is one.form)
    ink = one.ink or one.border
    return form if ink is None else f"{form}, {ink.spot or ink_text(ink)}"


def property_words(name: str) -> str:
    """A property."""
    return {
        "words": translate("objects", "Words"),
        "family": translate("objects", "Typeface"),
        "size": translate("objects", "Size"),
        "weight": translate("objects", "Weight"),
        "italic": translate("objects", "Italic"),
        "ink": translate("objects", "Colour"),
        "align": translate("objects", "Align"),
        "line_spacing": translate("objects", "Leading"),
        "letter_spacing": translate("objects", "Tracking"),
        "wraps": translate("objects", "Wrap lines"),
        "vertical": translate("objects", "Vertical"),
        "symbology": translate("objects", "Kind"),
        "value": translate("objects", "Content"),
        "magnification": translate("objects", "Magnification"),
        "reduction": translate("objects", "Bar reduction"),
        "digits": translate("objects", "Number below"),
        "plate": translate("objects", "Plate"),
        "form": translate("objects", "Form"),
        "border": translate("objects", "Border"),
        "thickness": translate("objects", "Thickness"),
        "radius": translate("objects", "Radius"),
        "x": translate("objects", "Left"),
        "y": translate("objects", "Top"),
        "width": translate("objects", "Width"),
        "height": translate("objects", "Height"),
        "turn": translate("objects", "Turned"),
        "opacity": translate("objects", "Opacity"),
        "across": translate("objects", "Holds to"),
        "down": translate("objects", "and to"),
        "locked": translate("objects", "Locked"),
        "hidden": translate("objects", "Hidden"),
        "runs_on": translate("objects", "Runs on over the edge"),
    }[name]


def choices(name: str) -> list[tuple[object, str]]:
    """The values of a property that has few, each with its words."""
    offered: dict[str, list[tuple[object, str]]] = {
        "align": [
            (Align.LEFT, translate("objects", "Left")),
            (Align.CENTRE, translate("objects", "Centred")),
            (Align.RIGHT, translate("objects", "Right")),
            (Align.JUSTIFY, translate("objects", "Justified")),
        ],
        "across": [
            (Across.LEFT, translate("objects", "left")),
            (Across.CENTRE, translate("objects", "middle")),
            (Across.RIGHT, translate("objects", "right")),
        ],
        "down": [
            (Down.TOP, translate("objects", "top")),
            (Down.MIDDLE, translate("objects", "middle")),
            (Down.BOTTOM, translate("objects", "bottom")),
        ],
        "form": [
            (Form.RECTANGLE, translate("objects", "Rectangle")),
            (Form.ROUNDED, translate("objects", "Rounded")),
            (Form.ELLIPSE, translate("objects", "Ellipse")),
            (Form.LINE, translate("objects", "Line")),
        ],
        "symbology": [(kind, _SYMBOLOGIES[kind]) for kind in Symbology],
        "weight": [
            (300, translate("objects", "Light")),
            (400, translate("objects", "Regular")),
            (500, translate("objects", "Medium")),
            (600, translate("objects", "Semibold")),
            (700, translate("objects", "Bold")),
            (900, translate("objects", "Black")),
        ],
    }
    return offered[name]


_SYMBOLOGIES = {
    Symbology.EAN13: "EAN-13",
    Symbology.EAN8: "EAN-8",
    Symbology.UPCA: "UPC-A",
    Symbology.ITF14: "ITF-14",
    Symbology.CODE128: "Code 128",
    Symbology.QR: "QR",
    Symbology.DATA_MATRIX: "Data Matrix",
}
