"""The shadow of a package that is not closed: soft, and the closed one's in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage
from support.drawing import render_image

from packdesk.domain.dieline.build import make_dieline
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit_extent
from packdesk.viewer.unfolding import Unfolding

if TYPE_CHECKING:
    from packdesk.viewer.scene import Scene

    Levels = npt.NDArray[np.int16]

WIDTH, HEIGHT = 480, 360


def density(scene: Scene, share: float | None, framed: float, tile: int = 4096) -> Levels:
    """Alpha of a picture without backdrop, (height, width), framed as at a share: shadow below 255."""
    blank = make_dieline(scene.package_type, scene.dimensions)
    camera = fit_extent(Camera(), Unfolding(blank, framed).extent, WIDTH / HEIGHT)
    shown = replace(scene, unfolding=None if share is None else Unfolding(blank, share))
    drawn = render_image(shown, camera, WIDTH, HEIGHT, transparent=True, tile=tile)
    image = drawn.convertToFormat(QImage.Format.Format_RGBA8888)
    rgba = np.frombuffer(image.constBits(), np.uint8)
    return rgba.reshape(HEIGHT, WIDTH, 4)[..., 3].astype(np.int16)


def away_from_pieces(levels: Levels, pixels: int = 3) -> npt.NDArray[np.bool_]:
    """Where no piece is within that many pixels."""
    solid = np.pad(levels >= 250, pixels)
    offsets = range(2 * pixels + 1)
    near = [solid[y : y + HEIGHT, x : x + WIDTH] for y in offsets for x in offsets]
    found: npt.NDArray[np.bool_] = ~np.logical_or.reduce(near)
    return found


@pytest.mark.parametrize("kind", ["box", "cylinder"])
@pytest.mark.parametrize("share", [0.0, 0.4, 0.7])
def test_its_edges_are_soft(kind: str, share: float, box: Scene, cylinder: Scene) -> None:
    levels = density(box if kind == "box" else cylinder, share, share)
    floor = away_from_pieces(levels)
    assert levels[floor].max() > 40
    for axis in (0, 1):
        both = floor & np.roll(floor, 1, axis=axis)
        steps = np.abs(levels - np.roll(levels, 1, axis=axis))[both]
        assert steps.max() < levels[floor].max() / 4


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_nothing_jumps_when_the_package_closes(kind: str, box: Scene, cylinder: Scene) -> None:
    scene = box if kind == "box" else cylinder
    nearly, closed = density(scene, 0.999, 1.0), density(scene, None, 1.0)
    floor = away_from_pieces(np.maximum(nearly, closed))
    assert closed[floor].max() > 40
    assert np.abs(nearly - closed)[floor].max() <= 2


def test_tiles_throw_the_same_shadow(box: Scene) -> None:
    whole, tiled = density(box, 0.4, 0.4), density(box, 0.4, 0.4, tile=200)
    floor = away_from_pieces(np.maximum(whole, tiled))
    assert whole[floor].max() > 40
    assert np.abs(whole - tiled)[floor].max() <= 1


def test_it_follows_the_pieces(box: Scene) -> None:
    open_, half = density(box, 0.0, 0.0), density(box, 0.5, 0.0)
    floor = away_from_pieces(np.maximum(open_, half))
    assert np.abs(open_ - half)[floor].max() > 30
