"""What is known of objects from their letters and from the pixels around them."""

from __future__ import annotations

import io

from PIL import Image

from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.lettering import Lettering, lettering_key
from packdesk.domain.objects.reach import overhang, reach_of, room_of
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.values import Text
from packdesk.domain.panels import FlatSize
from packdesk.services.object_facts import facts_of_kept

STROKE = Text(id="t", x=10, y=10, width=20, height=10, words="I")


def kept_with(outline: str) -> KeptObjects:
    recipe = Recipe(panel=(50, 50), objects=(STROKE,))
    return KeptObjects.of(recipe, {lettering_key(STROKE): Lettering(outline=outline)})


def test_a_letter_that_fills_its_outline_s_box_is_not_faint() -> None:
    picture = Image.new("RGB", (100, 100), "white")
    picture.paste("black", (20, 20, 24, 40))  # the letter, 2 by 10 mm
    png = io.BytesIO()
    picture.save(png, "PNG")
    facts = facts_of_kept(kept_with("M0 0L2 0L2 10L0 10Z"), FlatSize(width=50, height=50), png.getvalue())
    assert facts.contrast["t"] > 15


def test_letters_beyond_their_box_need_room_too() -> None:
    within, beyond = kept_with("M0 0L2 0L2 10L0 10Z"), kept_with("M0 0L2 0L2 10L0 10ZM-4 2L0 2L0 14L-4 14Z")
    assert room_of(STROKE, within) == (10, 10, 30, 20)
    assert overhang(STROKE, within, 0.05) is None
    assert room_of(STROKE, beyond) == (6, 10, 30, 24)
    assert reach_of(STROKE, beyond) == (6, 10, 12, 24)
    assert overhang(STROKE, beyond, 0.05) == (-4, 0, 2, 14)
