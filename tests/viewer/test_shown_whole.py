"""A cut for another size, until the new one is there: all of it, unstretched, with board around."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.drawing import render_image

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.look import Lighting
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.scene import Scene
from packdesk.viewer.unfolding import Unfolding

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

WIDE = Dimensions(width=200, height=100, depth=60)


def is_navy(image: QImage, x: float, y: float) -> bool:
    seen = image.pixelColor(round(x * image.width()), round(y * image.height()))
    return seen.blue() > 2 * seen.red() + 20


@pytest.mark.parametrize("share", [None, 0.999])
def test_a_square_cut_takes_the_middle_of_a_wide_panel(
    paint_plain: Callable[..., QImage], share: float | None
) -> None:
    unfolding = Unfolding(make_dieline("box", WIDE), share) if share else None
    scene = Scene("box", WIDE, {"front": paint_plain("navy")}, lighting=Lighting.FLAT, unfolding=unfolding)
    camera = fit(Camera().looking("front"), "box", WIDE, 2.0)
    stretched = render_image(scene, camera, 240, 120)
    whole = render_image(replace(scene, unstretched=frozenset({"front"})), camera, 240, 120)
    for x, seen in ((0.27, False), (0.42, True), (0.5, True), (0.58, True), (0.73, False)):
        assert is_navy(stretched, x, 0.5)
        assert is_navy(whole, x, 0.5) == seen, x
