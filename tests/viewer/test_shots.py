"""A saved view is found again, also when the package has another size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.camera import FLAT_FIELD_OF_VIEW, Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.scene import Scene
from packdesk.viewer.shots import camera_of, view_of

SIZE = Dimensions(width=110, height=150, depth=70)


@pytest.mark.parametrize("angle", [26.0, FLAT_FIELD_OF_VIEW])
def test_a_camera_comes_back(angle: float) -> None:
    scene = Scene("box", SIZE)
    framed = fit(Camera(azimuth=-30, elevation=25, field_of_view=angle), "box", SIZE, 1.5)
    for camera in (framed, framed.panned(0.2, -0.1).zoomed(0.4)):
        again = camera_of(view_of(camera, scene, 1.5, "a"), scene, 1.5)
        assert again.centre == pytest.approx(camera.centre, abs=1e-3)
        assert again.distance == pytest.approx(camera.distance)
        assert (again.azimuth, again.elevation, again.field_of_view) == (-30, 25, angle)


def test_it_grows_with_the_package() -> None:
    scene = Scene("box", SIZE)
    twice = Dimensions(width=220, height=300, depth=140)
    camera = fit(Camera(), "box", SIZE, 1.0).panned(0.3, 0.1).zoomed(0.5)
    larger = camera_of(view_of(camera, scene, 1.0, "a"), replace(scene, dimensions=twice), 1.0)
    assert larger.distance == pytest.approx(2 * camera.distance)
    assert np.array(larger.centre) == pytest.approx(2 * np.array(camera.centre), abs=1e-3)
