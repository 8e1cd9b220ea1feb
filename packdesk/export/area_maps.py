"""Finishes on parts of panels as textures of glTF: how rough, metallic, coated and raised each place is.

Source: glTF 2.0, 3.9.2 (roughness in green, metal in blue) and 3.9.3 (normals); KHR_materials_clearcoat (coat
in red). White below the ink changes no surface.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFilter

from packdesk.domain.area_finish import AreaKind, area_mask
from packdesk.domain.look import Finish, Lighting
from packdesk.errors import BadPictureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.look import Look
    from packdesk.export.glb import Glb

    Shares = npt.NDArray[np.float64]

COAT = "KHR_materials_clearcoat"
MOST_SIDE = 1024
"""Pixels: edges of finishes are seen, no more. Below, roughness as in the window's shader."""
_FOIL_ROUGHNESS, _COAT_ROUGHNESS = 0.16, 0.2
_SOFT_PX, _STEEP = 2.0, 3.0
"""How far the edge of a relief is rounded, and how steep it looks."""


@dataclass(frozen=True)
class AreaMaps:
    """PNG of a panel's surface, as large as each other.

    Attributes:
        surface: roughness and metal.
        coat: where varnish is; None for nowhere.
        relief: normals; None where nothing is raised.
    """

    surface: bytes
    coat: bytes | None = None
    relief: bytes | None = None


def area_maps(
    areas: Iterable[AreaFinish], panel_id: str, png: bytes, look: Look, rough: float
) -> AreaMaps | None:
    """Those of a panel; None where nothing on it has a finish that is seen in 3D.

    Args:
        areas: of all panels.
        panel_id: the panel.
        png: its picture, checked.
        look: of the whole package.
        rough: how rough the rest of it is.

    Raises:
        BadPictureError: it cannot be decoded.
    """
    own = [area for area in areas if area.panel_id == panel_id and area.kind is not AreaKind.WHITE]
    if not own or look.lighting is Lighting.FLAT:
        return None
    masks = _masks(own, png)
    foil, coat, raised = (masks.get(kind) for kind in (AreaKind.FOIL, AreaKind.VARNISH, AreaKind.EMBOSS))
    nothing = np.zeros_like(next(iter(masks.values())))
    share = nothing if foil is None else foil
    metal = np.maximum(share, float(look.finish is Finish.FOIL))
    surface = np.stack([np.ones_like(share), rough + (_FOIL_ROUGHNESS - rough) * share, metal], axis=-1)
    return AreaMaps(
        _png(surface),
        None if coat is None else _png(np.stack([coat, nothing, nothing], axis=-1)),
        None if raised is None else _png(_normals(raised)),
    )


def _masks(areas: Iterable[AreaFinish], png: bytes) -> dict[AreaKind, Shares]:
    """Shares of each pixel, by kind; found in the whole picture and made smaller."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            pixels = np.asarray(opened.convert("RGBA"))
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error
    found: dict[AreaKind, Shares] = {}
    for area in areas:
        mask = Image.fromarray(area_mask(area, pixels).astype(np.uint8) * 255)
        mask.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.BOX)
        found[area.kind] = np.asarray(mask, np.float64) / 255
    return found


def _normals(raised: Shares) -> Shares:
    """Of a height; red to the right, green up, blue outwards."""
    blurred = Image.fromarray((raised * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(_SOFT_PX))
    down, across = np.gradient(np.asarray(blurred, np.float64) / 255 * _STEEP)
    normals = np.stack([-across, down, np.ones_like(down)], axis=-1)
    unit: Shares = normals / np.linalg.norm(normals, axis=-1, keepdims=True)
    return unit / 2 + 0.5


def _png(shares: Shares) -> bytes:
    written = io.BytesIO()
    Image.fromarray(np.rint(shares * 255).astype(np.uint8)).save(written, "PNG", compress_level=6)
    return written.getvalue()


def mapped(file: Glb, material: Mapping[str, Any], maps: AreaMaps, sampler: int, name: str) -> dict[str, Any]:
    """A material with the textures of its areas, which are put into the file.

    Args:
        file: takes them.
        material: of `materials.printed_material`.
        maps: of its panel.
        sampler: as of its picture.
        name: of the panel.
    """
    surface = dict(material["pbrMetallicRoughness"]) | {"metallicFactor": 1.0, "roughnessFactor": 1.0}
    texture = file.texture(maps.surface, "image/png", sampler, f"{name}-surface")
    made = {**material, "pbrMetallicRoughness": surface | {"metallicRoughnessTexture": {"index": texture}}}
    if maps.relief is not None:
        made["normalTexture"] = {"index": file.texture(maps.relief, "image/png", sampler, f"{name}-relief")}
    extensions = dict(material.get("extensions", {}))
    if maps.coat is not None and COAT not in extensions:
        file.uses(COAT)
        coat = file.texture(maps.coat, "image/png", sampler, f"{name}-varnish")
        own = {"clearcoatFactor": 1.0, "clearcoatRoughnessFactor": _COAT_ROUGHNESS}
        made["extensions"] = extensions | {COAT: own | {"clearcoatTexture": {"index": coat}}}
    return made
