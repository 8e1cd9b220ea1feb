"""The words on the pack as objects of a panel, laid out as a label. Millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.objects.recipe import free_id, put
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Across, Align, Barcode, Down, Text
from packdesk.domain.units import MM_PER_POINT
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.pack_words import PackWords

_SHARE = 0.64
"""Of the panel's width are the lines; a label has a margin."""
_CAPITAL = 0.55
"""Width of a letter as a share of its size, about, in the heavier weights."""
_SERIF = "Source Serif Pro"
_CODE_HEIGHT, _FOOT = 26.0, 6.0
_LEAST_PT, _GAP = 6.0, 1.35
_LINES: tuple[tuple[str, float, dict[str, object]], ...] = (
    ("brand", 0.16, {"family": _SERIF, "weight": 700}),
    ("product", 0.075, {"weight": 600, "letter_spacing": 60}),
    ("line", 0.05, {"weight": 400}),
    ("net_weight", 0.045, {"weight": 500}),
)
"""Field of `PackWords`, its size as a share of the panel's shorter side, and how it is set."""


def check_said(words: PackWords | None) -> None:
    """Raise where nothing is to be said.

    Raises:
        InvalidInputError: there are no words.
    """
    if words is None or not words.said():
        raise InvalidInputError(
            "There are no words on the pack yet.", "Type brand and product beside the prompt first."
        )


def with_words(recipe: Recipe, words: PackWords, *, code: bool = False) -> Recipe:
    """The recipe with the words that are said on top; what is empty makes no object.

    Args:
        recipe: of the panel.
        words: brand, product, line, net weight, the number of an EAN-13.
        code: whether the number stands here as a barcode.
    """
    y, code_top = 0.2 * recipe.panel[1], recipe.panel[1] - _CODE_HEIGHT - _FOOT
    for field, share, look in _LINES:
        text = getattr(words, field)
        if not text:
            continue
        one = _line(recipe, text, share, y, look)
        y += one.height
        recipe = put(one)(recipe)
    if code and words.barcode:
        recipe = put(_code(recipe, words.barcode, max(0.0, code_top)))(recipe)
    return recipe


def _line(recipe: Recipe, text: str, share: float, y: float, look: dict[str, object]) -> Text:
    panel = recipe.panel
    width = _SHARE * panel[0]
    wanted = share * min(panel) / MM_PER_POINT
    longest = max(map(len, text.split()))
    size = round(max(_LEAST_PT, min(wanted, width / MM_PER_POINT / (_CAPITAL * longest + 0.3))), 1)
    lines = -(-len(text) * _CAPITAL * size * MM_PER_POINT // width)
    values = {
        "id": free_id(recipe, "text"),
        "words": text,
        "x": round((panel[0] - width) / 2, 3),
        "y": round(y, 3),
        "width": round(width, 3),
        "height": round(_GAP * size * MM_PER_POINT * max(1.0, lines), 3),
        "size": size,
        "align": Align.CENTRE,
        "across": Across.CENTRE,
    }
    return Text.model_validate(values | look)


def _code(recipe: Recipe, number: str, top: float) -> Barcode:
    one = Barcode(id=free_id(recipe, "barcode"), symbology=Symbology.EAN13, value=number, magnification=100)
    x = round((recipe.panel[0] - _EAN_WIDTH) / 2, 3)
    return one.model_copy(update={"x": x, "y": round(top, 3), "across": Across.CENTRE, "down": Down.BOTTOM})


_EAN_WIDTH = 37.29
"""Of an EAN-13 at 100 %, with the white beside it (GS1 General Specifications, 5.2.3)."""
