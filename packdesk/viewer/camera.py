"""The camera: plain arithmetic, no OpenGL.

World units are millimetres, in the space of `packdesk.domain.geometry`: x right, y away, z up, the package on
z = 0. Single precision carries seven digits at any scale, so 10 mm and 2000 mm need no rescaling; only the
clipping planes must follow the distance, and they do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray

Point = tuple[float, float, float]

# A long lens keeps a package's edges nearly parallel, as product photographs do.
FIELD_OF_VIEW = 26.0
FLAT_FIELD_OF_VIEW = 1.5
"""So long a lens that parallel edges look parallel: half a pixel off over a picture's height."""
_NEAR, _FAR = 0.01, 1000.0  # of the distance

NAMED_VIEWS: dict[str, tuple[float, float]] = {
    # azimuth and elevation in degrees
    "home": (-62.0, 17.0),
    "front": (-90.0, 0.0),
    "back": (90.0, 0.0),
    "left": (180.0, 0.0),
    "right": (0.0, 0.0),
    "top": (-90.0, 90.0),
    "bottom": (-90.0, -90.0),
}


@dataclass(frozen=True)
class Camera:
    """A camera that orbits a centre and never rolls.

    Attributes:
        centre: point in the middle of the picture, in millimetres.
        distance: from the centre to the eye, in millimetres.
        azimuth: degrees around z; 0 looks at the right side, -90 at the front.
        elevation: degrees above the floor, -90 to 90.
        field_of_view: vertical opening angle in degrees.
    """

    centre: Point = (0.0, 0.0, 75.0)
    distance: float = 600.0
    azimuth: float = NAMED_VIEWS["home"][0]
    elevation: float = NAMED_VIEWS["home"][1]
    field_of_view: float = FIELD_OF_VIEW

    def axes(self) -> FloatArray:
        """The camera's right, up and backward directions in world space, one a row."""
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        ca, sa, ce, se = math.cos(azimuth), math.sin(azimuth), math.cos(elevation), math.sin(elevation)
        return np.array([[-sa, ca, 0.0], [-se * ca, -se * sa, ce], [ce * ca, ce * sa, se]])

    def eye(self) -> FloatArray:
        """Position of the eye in millimetres."""
        eye: FloatArray = np.asarray(self.centre) + self.distance * self.axes()[2]
        return eye

    def view_matrix(self) -> FloatArray:
        """World to eye space, (4, 4), for column vectors."""
        matrix = np.eye(4)
        matrix[:3, :3] = self.axes()
        matrix[:3, 3] = -matrix[:3, :3] @ self.eye()
        return matrix

    def projection_matrix(self, aspect: float) -> FloatArray:
        """Eye to clip space, (4, 4), for a picture `aspect` times as wide as high."""
        near, far = self.distance * _NEAR, self.distance * _FAR
        slope = self.slope()
        return np.array(
            [
                [1 / (slope * aspect), 0.0, 0.0, 0.0],
                [0.0, 1 / slope, 0.0, 0.0],
                [0.0, 0.0, -(far + near) / (far - near), -2 * far * near / (far - near)],
                [0.0, 0.0, -1.0, 0.0],
            ]
        )

    def slope(self) -> float:
        """Half the picture's height at unit distance."""
        return math.tan(math.radians(self.field_of_view) / 2)

    def orbited(self, azimuth: float, elevation: float) -> Camera:
        """The camera turned by these degrees; it stops overhead and underneath."""
        turned = (self.azimuth + azimuth + 180.0) % 360.0 - 180.0
        return replace(self, azimuth=turned, elevation=min(90.0, max(-90.0, self.elevation + elevation)))

    def panned(self, right: float, up: float) -> Camera:
        """The camera moved sideways, in picture heights at the centre's distance."""
        x_axis, y_axis, _ = self.axes()
        step = 2 * self.distance * self.slope() * (right * x_axis + up * y_axis)
        return replace(self, centre=as_point(np.asarray(self.centre) + step))

    def zoomed(self, factor: float, right: float = 0.0, up: float = 0.0) -> Camera:
        """The camera at `factor` times its distance.

        What is seen at the anchor, `right` and `up` of the picture's middle in picture heights, stays there
        whatever its depth: the eye moves along the line of sight through it.
        """
        nearer = replace(self, distance=self.distance * (1 - factor))
        return replace(nearer.panned(right, up), distance=self.distance * factor)

    def looking(self, name: str) -> Camera:
        """The camera turned to a named view, its distance and centre unchanged.

        Raises:
            KeyError: there is no such view in `NAMED_VIEWS`.
        """
        azimuth, elevation = NAMED_VIEWS[name]
        return replace(self, azimuth=azimuth, elevation=elevation)

    def blended(self, other: Camera, share: float) -> Camera:
        """A camera on the way to another one, turning the short way round; share runs from 0 to 1."""
        turn = (other.azimuth - self.azimuth + 180.0) % 360.0 - 180.0
        centre = (1 - share) * np.asarray(self.centre) + share * np.asarray(other.centre)
        return Camera(
            centre=as_point(centre),
            distance=self.distance ** (1 - share) * other.distance**share,
            azimuth=self.azimuth + share * turn,
            elevation=self.elevation + share * (other.elevation - self.elevation),
            field_of_view=self.field_of_view + share * (other.field_of_view - self.field_of_view),
        )


def check_angles(azimuth: float, elevation: float) -> None:
    """Refuse angles no camera can have, in degrees.

    Raises:
        InvalidInputError: the azimuth is not within -360 to 360, or the elevation not within -90 to 90.
    """
    if not -360 <= azimuth <= 360:
        raise InvalidInputError(
            Sentence("An azimuth of {azimuth:g} degrees is not possible.", azimuth=azimuth),
            "Use -360 to 360; -90 looks at the front, 0 at the right side.",
        )
    if not -90 <= elevation <= 90:
        raise InvalidInputError(
            Sentence("An elevation of {elevation:g} degrees is not possible.", elevation=elevation),
            "Use -90, from below, to 90, from above.",
        )


def as_point(values: FloatArray) -> Point:
    """Three numbers as a plain tuple."""
    x, y, z = (float(value) for value in values)
    return x, y, z


def crop_matrix(left: float, bottom: float, width: float, height: float) -> FloatArray:
    """Clip space of a picture to that of a part of it; the part in fractions of the picture, from below."""
    matrix = np.eye(4)
    matrix[0, 0], matrix[0, 3] = 1 / width, (1 - 2 * left - width) / width
    matrix[1, 1], matrix[1, 3] = 1 / height, (1 - 2 * bottom - height) / height
    return matrix
