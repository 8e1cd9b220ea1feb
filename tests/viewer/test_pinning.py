"""Places on panels are found again where a ray through their pixel meets the package."""

from __future__ import annotations

import numpy as np
import pytest

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import PANEL_IDS
from packdesk.viewer.camera import NAMED_VIEWS, Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.picking import pick, ray_through
from packdesk.viewer.pinning import Place, Spots
from packdesk.viewer.scene import Scene
from packdesk.viewer.unfolding import Unfolding

SIZE = 640, 480
PACKAGES: list[tuple[PackageType, Dimensions]] = [
    ("box", Dimensions(width=100, height=150, depth=60)),
    ("cylinder", Dimensions(width=80, height=150, depth=80)),
]


def seen_at(scene: Scene, camera: Camera, *places: Place) -> list[tuple[float, float] | None]:
    return Spots(scene, places).at(camera, *SIZE)


@pytest.mark.parametrize(("package_type", "size"), PACKAGES)
@pytest.mark.parametrize("share", [None, 0.0, 0.4, 0.9])
def test_what_is_seen_is_what_a_ray_meets(
    package_type: PackageType, size: Dimensions, share: float | None
) -> None:
    dieline = make_dieline(package_type, size, DielineOptions(style=DielineStyle.CROSS))
    unfolding = None if share is None else Unfolding(dieline, share)
    scene = Scene(package_type, size, unfolding=unfolding)
    rng = np.random.default_rng(7)
    counted = {True: 0, False: 0}
    for _ in range(20):
        turned = Camera(azimuth=rng.uniform(-180, 180), elevation=rng.uniform(-80, 80))
        camera = fit(turned, package_type, size, 4 / 3).zoomed(2.5)
        panels = rng.choice(PANEL_IDS[package_type], 12)
        places = [Place(str(panel), *rng.uniform(0.2, 0.8, 2)) for panel in panels]
        for place, spot in zip(places, seen_at(scene, camera, *places), strict=True):
            counted[spot is not None] += 1
            if spot is not None:
                assert pick(scene, ray_through(camera, *spot, *SIZE)) == place.panel_id
    assert min(counted.values()) > 20, "both happen"


def test_what_lies_before_a_place_hides_it() -> None:
    tin = Dimensions(width=80, height=30, depth=80)
    scene = Scene("cylinder", tin, unfolding=Unfolding(make_dieline("cylinder", tin), 0.65))
    rng = np.random.default_rng(7)
    places = [Place(str(panel), *rng.uniform(0.1, 0.9, 2)) for panel in rng.choice(PANEL_IDS["cylinder"], 60)]
    spots = Spots(scene, places)
    hidden = 0
    for _ in range(30):
        turned = Camera(azimuth=rng.uniform(-180, 180), elevation=rng.uniform(-85, 85))
        camera = fit(turned, "cylinder", tin, 4 / 3).zoomed(3)
        facing = np.einsum("ij,ij->i", spots._normals, camera.eye() - spots._points) > 0
        pixels = spots._pixels(camera, *SIZE)
        for index, seen in enumerate(spots.seen(camera)):
            hidden += bool(facing[index] and not seen)
            if seen:
                x, y = map(float, pixels[index])
                assert pick(scene, ray_through(camera, x, y, *SIZE)) == places[index].panel_id
    assert hidden > 2


@pytest.mark.parametrize("name", ["front", "back", "left", "right", "top", "bottom"])
def test_u_runs_to_the_right_and_v_down_on_every_side_of_a_box(name: str) -> None:
    scene = Scene(*PACKAGES[0])
    camera = fit(Camera().looking(name), *PACKAGES[0], 4 / 3)
    middle, right, below = seen_at(
        scene, camera, Place(name, 0.5, 0.5), Place(name, 0.9, 0.5), Place(name, 0.5, 0.9)
    )
    assert middle is not None
    assert right is not None
    assert below is not None
    assert right[0] > middle[0] + 20
    assert right[1] == pytest.approx(middle[1], abs=1)
    assert below[1] > middle[1] + 20
    assert below[0] == pytest.approx(middle[0], abs=1)


def test_the_label_of_a_tin_runs_around_it() -> None:
    scene = Scene(*PACKAGES[1])
    for name, u in (("front", 0.5), ("right", 0.75), ("left", 0.25), ("back", 0.0), ("back", 1.0)):
        camera = fit(Camera().looking(name), *PACKAGES[1], 4 / 3)
        around = [Place("body", share, 0.5) for share in (u, (u + 0.5) % 1)]
        near, far = seen_at(scene, camera, *around)
        assert near is not None
        assert near[0] == pytest.approx(SIZE[0] / 2, abs=2)
        assert far is None, "it is behind"


@pytest.mark.parametrize("style", [DielineStyle.CROSS, DielineStyle.STRAIGHT_TUCK])
def test_closed_and_almost_folded_have_a_place_at_the_same_spot(style: DielineStyle) -> None:
    for package_type, size in PACKAGES:
        dieline = make_dieline(package_type, size, DielineOptions(style=style))
        for panel in dieline.panels:
            for view in NAMED_VIEWS:
                camera = fit(Camera().looking(view).orbited(10, 0), package_type, size, 4 / 3)
                place = Place(panel.panel_id, 0.3, 0.6)
                (closed,) = seen_at(Scene(package_type, size), camera, place)
                (folded,) = seen_at(
                    Scene(package_type, size, unfolding=Unfolding(dieline, 0.9999)), camera, place
                )
                if closed is not None and folded is not None:
                    assert closed == pytest.approx(folded, abs=2.5)


def test_what_is_on_no_panel_of_the_package_or_out_of_the_picture_is_nowhere() -> None:
    scene = Scene(*PACKAGES[0])
    camera = fit(Camera(), *PACKAGES[0], 4 / 3)
    assert seen_at(scene, camera, Place("body", 0.5, 0.5), Place("", 0.5, 0.5)) == [None, None]
    assert seen_at(scene, camera) == []
    assert seen_at(scene, camera.zoomed(0.2).panned(3, 0), Place("front", 0.5, 0.5)) == [None]
    open_ = Scene(*PACKAGES[0], unfolding=Unfolding(make_dieline(*PACKAGES[0]), 0.5))
    assert seen_at(open_, camera, Place("body", 0.5, 0.5)) == [None]


def test_the_corner_of_a_disc_s_square_is_at_its_rim() -> None:
    scene = Scene(*PACKAGES[1])
    camera = fit(Camera().looking("top"), *PACKAGES[1], 4 / 3)
    corner, middle = seen_at(scene, camera, Place("top", 1.0, 0.0), Place("top", 0.5, 0.5))
    assert corner is not None
    assert middle is not None
    assert corner[0] > middle[0]
    assert corner[1] < middle[1]
