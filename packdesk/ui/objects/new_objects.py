"""Objects as they begin: in the middle of their panel, as large as suits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.objects.recipe import new_id
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Barcode, PictureObject, Shape, Text
from packdesk.textures.objects.bars import fitted
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject

_SAMPLE = "2000000000008"
"""An article number for use inside a store: no product has it."""
_SHARE = 0.6


def new_object(kind: str, recipe: Recipe, picture: str = "") -> PanelObject:
    """A new object for a panel; `picture` is the SHA-256 of one that shows a picture."""
    width, height = recipe.panel
    one: PanelObject
    name = new_id(kind)
    if kind == "text":
        words = translate("objects", "Text")
        one = Text(id=name, words=words, width=_SHARE * width, height=min(12.0, height / 2), size=18)
    elif kind == "barcode":
        one = fitted(Barcode(id=name, symbology=Symbology.EAN13, value=_SAMPLE))
    elif kind == "picture":
        side = min(width, height) * _SHARE / 2
        one = PictureObject(id=name, picture=picture, width=side, height=side)
    else:
        one = Shape(id=name, width=_SHARE * width, height=min(20.0, height / 2))
    x, y = (width - one.width) / 2, (height - one.height) / 2
    return one.model_copy(update={"x": round(x, 3), "y": round(y, 3)})
