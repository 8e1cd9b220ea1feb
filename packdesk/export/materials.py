"""Finishes as materials of glTF, near what the window shows.

Source: glTF 2.0, with KHR_materials_clearcoat and KHR_materials_unlit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from packdesk.domain.look import Finish, Lighting
from packdesk.viewer.finish import MATERIALS

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray
    from packdesk.domain.look import Look

_SILVER = (0.86, 0.87, 0.89)
_INK, _INK_SHARE = 0.86, 0.16  # of ink on kraft: as in the window's shader
_UNLIT: dict[str, Any] = {"extensions": {"KHR_materials_unlit": {}}}
_UNDER_VARNISH, _INSIDE = 0.6, 0.85  # roughness


def printed_material(look: Look, texture: int | None) -> dict[str, Any]:
    """The outside of a panel.

    Args:
        look: whose finish and light are meant.
        texture: of its artwork; None for plain board.
    """
    finish = MATERIALS[look.finish]
    board = linear(finish.board)
    surface: dict[str, Any] = {
        "metallicFactor": float(look.finish is Finish.FOIL),
        "roughnessFactor": _UNDER_VARNISH if look.finish is Finish.GLOSS else finish.roughness,
        "baseColorFactor": [*(board if texture is None else _tint(look.finish, board)).tolist(), 1.0],
    }
    if texture is not None:
        surface["baseColorTexture"] = {"index": texture}
    return {"pbrMetallicRoughness": surface, **_extensions(look)}


def inside_material(look: Look) -> dict[str, Any]:
    """The inside of the board."""
    core = MATERIALS[look.finish].core
    surface = {
        "metallicFactor": 0.0,
        "roughnessFactor": _INSIDE,
        "baseColorFactor": [*linear(core).tolist(), 1.0],
    }
    return {"pbrMetallicRoughness": surface, **(_UNLIT if look.lighting is Lighting.FLAT else {})}


def used_extensions(look: Look) -> list[str]:
    """The extensions of glTF these materials name."""
    return [*_extensions(look).get("extensions", {})]


def linear(colour: str) -> FloatArray:
    """`#rrggbb` in linear light, 0 to 1. Source: IEC 61966-2-1."""
    encoded = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def _tint(finish: Finish, board: FloatArray) -> FloatArray:
    """What the board under it makes of ink."""
    if finish is Finish.KRAFT:
        return board + (_INK - board) * _INK_SHARE
    return np.array(_SILVER) if finish is Finish.FOIL else np.ones(3)


def _extensions(look: Look) -> dict[str, Any]:
    if look.lighting is Lighting.FLAT:
        return _UNLIT
    if look.finish is Finish.GLOSS:
        roughness = MATERIALS[Finish.GLOSS].roughness
        coat = {"clearcoatFactor": 1.0, "clearcoatRoughnessFactor": roughness}
        return {"extensions": {"KHR_materials_clearcoat": coat}}
    return {}
