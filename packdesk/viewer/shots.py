"""From a saved view to the camera that draws it, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.saved_view import SavedView
from packdesk.viewer.camera import FIELD_OF_VIEW, FLAT_FIELD_OF_VIEW, Camera, as_point
from packdesk.viewer.framing import fit, fit_extent

if TYPE_CHECKING:
    from packdesk.viewer.scene import Scene


def camera_of(view: SavedView, scene: Scene, aspect: float) -> Camera:
    """The camera of a view.

    Args:
        view: what is wanted; how far the package is folded is the scene's.
        scene: the package.
        aspect: width of the picture divided by its height.
    """
    angle = FLAT_FIELD_OF_VIEW if view.flat else FIELD_OF_VIEW
    fitted = _fitted(
        Camera(azimuth=view.azimuth, elevation=view.elevation, field_of_view=angle), scene, aspect
    )
    aside = np.asarray(view.aside) * max(scene.dimensions.as_tuple())
    centre = as_point(np.asarray(fitted.centre) + aside)
    return replace(fitted, centre=centre, distance=fitted.distance / view.closer)


def view_of(camera: Camera, scene: Scene, aspect: float, name: str) -> SavedView:
    """The view a camera has, under a name; arguments as of `camera_of`."""
    fitted = _fitted(camera, scene, aspect)
    aside = (np.asarray(camera.centre) - fitted.centre) / max(scene.dimensions.as_tuple())
    return SavedView(
        name=name,
        azimuth=camera.azimuth,
        elevation=camera.elevation,
        flat=camera.field_of_view < FIELD_OF_VIEW / 2,
        folded=scene.unfolding.share if scene.unfolding else 1.0,
        closer=fitted.distance / camera.distance,
        aside=as_point(aside.round(12)),
    )


def _fitted(camera: Camera, scene: Scene, aspect: float) -> Camera:
    if scene.unfolding:
        return fit_extent(camera, scene.unfolding.extent, aspect)
    return fit(camera, scene.package_type, scene.dimensions, aspect)
