"""A text's box follows its words: set anew, it is never shorter than its lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.objects.gestures import moved
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.recipe import put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.objects.lettering import Lettering
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject, Text


def grown(former: Recipe, recipe: Recipe, lettering: Mapping[str, Lettering]) -> Recipe:
    """The recipe, with boxes of texts as tall as their lines where those were set anew; none becomes shorter.

    A box somebody makes shorter than its lines stays so until its words change. So do those of new texts, and
    of letters below each other, which go on sideways.

    Args:
        former: what was on the panel.
        recipe: what shall be.
        lettering: its outlines, by `lettering_key`.
    """
    was = {text.id: lettering_key(text) for text in former.texts}
    taller = []
    for text in recipe.texts:
        key = lettering_key(text)
        height = needed_height(lettering[key]) if key in lettering else 0.0
        if was.get(text.id, key) != key and not (text.of or text.vertical) and height > text.height:
            taller.append(_with_height(text, height))
    return put(*taller)(recipe) if taller else recipe


def needed_height(lettering: Lettering) -> float:
    """Millimetres of a box that holds all lines, to a tenth."""
    return math.ceil(10 * lettering.height) / 10


def _with_height(text: Text, height: float) -> PanelObject:
    """Its upper left corner stays where it is, however it is turned."""
    made = text.model_copy(update={"height": height})
    (left, top), (now_left, now_top) = text.corners[0], made.corners[0]
    return moved(made, left - now_left, top - now_top)
