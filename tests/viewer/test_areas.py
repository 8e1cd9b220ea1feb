"""Finishes on parts of panels in the 3D picture: seen where they are, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.drawing import render_image

from packdesk.domain.area_finish import AreaFinish, AreaKind, ColourRange
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.look import Finish
from packdesk.textures.area_masks import area_images, overlaid, pixels_of
from packdesk.textures.mips import mipped
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.scene import Scene
from packdesk.viewer.unfolding import Unfolding

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = Dimensions(width=100, height=100, depth=60)
GOLD, NAVY = (200, 160, 60), (20, 30, 60)


def halves() -> QImage:
    """Gold above, navy below."""
    pixels = np.full((64, 64, 4), 255, np.uint8)
    pixels[:32, :, :3], pixels[32:, :, :3] = GOLD, NAVY
    return mipped(pixels)


def drawn(scene: Scene) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    image = render_image(scene, fit(Camera().looking("front"), "box", SIZE, 1.0), 96, 96)
    image = image.convertToFormat(image.Format.Format_RGBA8888)
    return pixels_of(image)[..., :3].astype(np.int16)


@pytest.mark.parametrize("share", [None, 0.999])
@pytest.mark.parametrize(
    ("kind", "finish"),
    [(AreaKind.FOIL, Finish.MATTE), (AreaKind.VARNISH, Finish.KRAFT), (AreaKind.WHITE, Finish.KRAFT)],
)
def test_a_finish_is_seen_where_the_artwork_has_its_colour(
    kind: AreaKind, finish: Finish, share: float | None
) -> None:
    unfolding = Unfolding(make_dieline("box", SIZE), share) if share else None
    plain = Scene("box", SIZE, {"front": halves()}, finish=finish, unfolding=unfolding)
    gold = AreaFinish("front", kind, ColourRange("#c8a03c", 8))
    before, after = drawn(plain), drawn(replace(plain, areas=area_images([gold], plain.textures)))
    apart = np.abs(after - before).max(axis=2)
    assert apart[28:44, 30:66].mean() > 2
    assert apart[54:72, 30:66].max() <= 1


def test_a_relief_is_lit_at_its_rim() -> None:
    plain = Scene("box", SIZE, {"front": halves()})
    raised = AreaFinish("front", AreaKind.EMBOSS, ColourRange("#c8a03c", 8))
    scene = replace(plain, areas=area_images([raised], plain.textures))
    apart = np.abs(drawn(scene) - drawn(plain)).max(axis=2)[:, 40:56]
    assert apart[44:52].max() > 4
    assert apart[28:40].max() <= 1


def test_the_flat_view_lays_a_colour_over_it() -> None:
    pixels = pixels_of(picture := halves())
    shown = overlaid([AreaFinish("front", AreaKind.WHITE)], pixels, {AreaKind.WHITE: (0, 255, 0)})
    assert (shown[..., 1] > pixels[..., 1]).all()
    changed = np.abs(shown[..., :3].astype(int) - pixels[..., :3]).max(axis=2)
    assert (changed < 40).mean() > 0.75, "what is beneath stays readable"
    assert changed.max() > 90, "the hatching is seen"
    assert (pixels_of(picture) == pixels).all()
