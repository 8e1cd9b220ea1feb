"""The place under a pixel is the one that is seen there."""

from __future__ import annotations

import random

import pytest

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.camera import Camera
from packdesk.viewer.picking import ray_through
from packdesk.viewer.pinning import Place, Spots
from packdesk.viewer.scene import Scene
from packdesk.viewer.touching import touched
from packdesk.viewer.unfolding import unfolding_of

SIZE = Dimensions(width=80, height=120, depth=80)
WIDTH, HEIGHT = 900, 600


@pytest.mark.parametrize(("kind", "share"), [("box", 1.0), ("cylinder", 1.0), ("box", 0.6), ("box", 0.0)])
def test_the_place_under_a_pixel_is_what_is_seen_there(kind: str, share: float) -> None:
    dieline = make_dieline(kind, SIZE)  # type: ignore[arg-type]  # parametrised
    scene = Scene(kind, SIZE, unfolding=unfolding_of(dieline, share))  # type: ignore[arg-type]  # likewise
    rng, seen = random.Random(3), 0
    for _ in range(60):
        panel = rng.choice(dieline.panels).panel_id
        # Near the rim of a disc the nearest triangle is taken.
        place = Place(panel, rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.7))
        camera = Camera(azimuth=rng.uniform(-180, 180), elevation=rng.uniform(-60, 60), distance=900)
        (spot,) = Spots(scene, [place]).at(camera, WIDTH, HEIGHT)
        if spot is None:
            continue
        seen += 1
        found = touched(scene, ray_through(camera, *spot, WIDTH, HEIGHT))
        assert found is not None
        assert found.panel_id == panel
        assert (found.u, found.v) == pytest.approx((place.u, place.v), abs=1e-5)
    assert seen > 10


def test_beside_the_package_there_is_no_place() -> None:
    scene = Scene("box", SIZE)
    assert touched(scene, ray_through(Camera(distance=900), 2, 2, WIDTH, HEIGHT)) is None
