"""The studio as the page's viewer wants it: what is seen around the package, as a small HDR picture.

The lamps stand with the camera (`viewer.lights`): the page turns the picture with it. Format: Radiance RGBE,
equirectangular; Ward, "Real Pixels", Graphics Gems II (1991).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.look import Finish
from packdesk.viewer.finish import MATERIALS
from packdesk.viewer.lights import RIGS

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray
    from packdesk.domain.look import Look
    from packdesk.viewer.lights import Rig

WIDTH, HEIGHT = 128, 64
_LAMP = math.radians(40)  # half the opening of a softbox, seen from the package
_LAMP_EDGE = 0.06
_WRAP = 0.25  # of a softbox around the terminator, as in the window's shader
_METAL_SHARE = 0.36  # of a softbox: metal gives back nearly all of it
_HEADER = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {height} +X {width}\n"


def studio_hdr(look: Look) -> bytes:
    """The studio of a look as a Radiance file, for a camera that looks at the front."""
    directions = _directions()
    rig = RIGS[look.lighting]
    if look.finish is Finish.FOIL:
        light = _mirrored(look, rig, directions)
    else:
        gloss = _boxes(rig, directions)[..., None] if look.finish is Finish.GLOSS else 0.0
        light = _lit(rig, directions) + gloss
        light *= _wanted(rig) / _received(light, directions)
    return _HEADER.format(height=HEIGHT, width=WIDTH).encode("ascii") + _rgbe(light).tobytes()


def _directions() -> FloatArray:
    """(height, width, 3) to the right, away from the camera and up, from the zenith down."""
    # three.js has +x in the middle column, and +z, where the camera is, a quarter to the right of it.
    azimuth = (0.75 - (np.arange(WIDTH) + 0.5) / WIDTH) * 2 * math.pi
    elevation = (0.5 - (np.arange(HEIGHT) + 0.5) / HEIGHT) * math.pi
    azimuth, elevation = np.meshgrid(azimuth, elevation)
    level = np.cos(elevation)
    return np.stack([level * np.sin(azimuth), -level * np.cos(azimuth), np.sin(elevation)], axis=2)


def _lit(rig: Rig, directions: FloatArray) -> FloatArray:
    """Sky, floor and lamps."""
    middle, slope = (np.asarray(rig.sky) + rig.ground) / 2, (np.asarray(rig.sky) - rig.ground) / 2
    light = middle + 1.5 * slope * directions[..., 2:]  # a surface receives two thirds of a slope
    for lamp, lamp_light in ((rig.key, rig.key_light), (rig.fill, rig.fill_light)):
        near = directions @ (np.asarray(lamp) / np.linalg.norm(lamp))
        share = _smooth(math.cos(_LAMP) - _LAMP_EDGE, math.cos(_LAMP) + _LAMP_EDGE, near)
        light = light + share[..., None] * np.asarray(lamp_light) / math.sin(_LAMP) ** 2
    towards = np.clip(-directions[..., 1], 0, None)
    result: FloatArray = light + rig.front * towards[..., None]
    return result


def _boxes(rig: Rig, directions: FloatArray) -> FloatArray:
    """The upright softboxes that glossy surfaces mirror: bright at one edge, fading to the other."""
    azimuth, rise = _angles(directions)
    boxes = np.zeros_like(rise)
    for around, (sharp, faint, lean, radiance) in zip(
        (azimuth, azimuth, np.abs(azimuth)), rig.strips, strict=True
    ):
        along = (around + lean * rise - sharp) / (faint - sharp)
        boxes += radiance * _smooth(-0.15, 0.15, along) * (1 - _smooth(0.0, 1.0, along))
    ends: FloatArray = _smooth(-1.1, -0.5, rise) * (1 - _smooth(0.9, 1.8, rise))
    return boxes * ends


def _mirrored(look: Look, rig: Rig, directions: FloatArray) -> FloatArray:
    """What metal sees: flags and reflectors around the set, without which it looks grey."""
    azimuth, rise = _angles(directions)
    bow = azimuth + 0.75 * rise
    walls = np.maximum(0.27 + 0.34 * np.sin(6 * bow + 1.6) + 0.14 * np.sin(15 * bow + 0.4), 0.05)
    walls = walls + 0.15 * _smooth(0.12, 0.5, -rise)
    grey = walls * MATERIALS[look.finish].room + _METAL_SHARE * _boxes(rig, directions)
    return np.repeat(grey[..., None], 3, axis=2)


def _angles(directions: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Azimuth, 0 towards the camera, and rise over run."""
    level = np.maximum(np.hypot(directions[..., 0], directions[..., 1]), 1e-4)
    azimuth = np.arctan2(directions[..., 0], -directions[..., 1])
    return azimuth, np.clip(directions[..., 2] / level, -2, 2)


def _wanted(rig: Rig) -> float:
    """What a panel that faces the camera receives in the window, over all colours."""
    lamps = [
        float(np.mean(light)) * max((-lamp[1] / math.hypot(*lamp) + _WRAP) / (1 + _WRAP), 0.0)
        for lamp, light in ((rig.key, rig.key_light), (rig.fill, rig.fill_light))
    ]
    return sum(lamps) + float(np.mean([rig.sky, rig.ground])) + rig.front


def _received(light: FloatArray, directions: FloatArray) -> float:
    """The same of a picture: Lambert's cosine over the half that is seen."""
    solid = np.sqrt(1 - directions[..., 2] ** 2) * (math.pi / HEIGHT) * (2 * math.pi / WIDTH)
    cosine = np.clip(-directions[..., 1], 0, None)
    return float((light.mean(axis=2) * cosine * solid).sum() / math.pi)


def _smooth(start: float, end: float, values: FloatArray) -> FloatArray:
    share = np.clip((values - start) / (end - start), 0, 1)
    smoothed: FloatArray = share * share * (3 - 2 * share)
    return smoothed


def _rgbe(light: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Three mantissas and the exponent they have in common."""
    most = np.maximum(light.max(axis=2), 1e-9)
    exponent = np.ceil(np.log2(most))
    mantissas = np.clip(light / np.exp2(exponent)[..., None] * 256, 0, 255)
    return np.dstack([mantissas, exponent + 128]).astype(np.uint8)
