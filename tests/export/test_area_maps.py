"""Finishes by area in models and on review pages: roughness, metal, coat and relief where the mask is."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from support.flat import png

from packdesk.domain.area_finish import AreaFinish, AreaKind, ColourRange
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.look import Finish, Lighting, Look
from packdesk.export.area_maps import area_maps
from packdesk.export.model import PackageModel, write_glb
from packdesk.export.review.model import FoldingModel, folding_glb, folding_steps

if TYPE_CHECKING:
    from pathlib import Path

BOX = Dimensions(width=60, height=90, depth=40)
GOLD = ColourRange("#d0a040")


def picture() -> bytes:
    """Gold above, blue below."""
    pixels = np.zeros((90, 60, 3), np.uint8)
    pixels[:45], pixels[45:] = (208, 160, 64), (0, 0, 255)
    return png(Image.fromarray(pixels))


def tree(data: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(data[20 : 20 + int.from_bytes(data[12:16], "little")])
    return told


def image(data: bytes, index: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    told, start = tree(data), 20 + int.from_bytes(data[12:16], "little") + 8
    view = told["bufferViews"][told["images"][told["textures"][index]["source"]]["bufferView"]]
    at = start + view.get("byteOffset", 0)
    return np.asarray(Image.open(io.BytesIO(data[at : at + view["byteLength"]])).convert("RGB"))


def test_foil_varnish_and_relief_are_where_the_gold_is(tmp_path: Path) -> None:
    kinds = (AreaKind.FOIL, AreaKind.VARNISH, AreaKind.EMBOSS, AreaKind.WHITE)
    areas = tuple(AreaFinish("front", kind, GOLD) for kind in kinds)
    write_glb(
        PackageModel("box", BOX, {"front": picture(), "back": picture()}, areas=areas), tmp_path / "a.glb"
    )
    data = (tmp_path / "a.glb").read_bytes()
    materials = {one["name"]: one for one in tree(data)["materials"]}
    assert "metallicRoughnessTexture" not in materials["back"]["pbrMetallicRoughness"]
    front = materials["front"]
    surface = image(data, front["pbrMetallicRoughness"]["metallicRoughnessTexture"]["index"])
    assert (surface[:45, :, 2] == 255).all()
    assert (surface[45:, :, 2] == 0).all()
    assert surface[0, 0, 1] < surface[-1, 0, 1]
    coat = front["extensions"]["KHR_materials_clearcoat"]
    varnish = image(data, coat["clearcoatTexture"]["index"])
    assert (varnish[:45, :, 0].min(), varnish[45:, :, 0].max()) == (255, 0)
    relief = image(data, front["normalTexture"]["index"])
    assert relief[5, 5].tolist() == pytest.approx([128, 128, 255], abs=1)
    assert relief[45, 30, 1] != pytest.approx(128, abs=10)  # its edge
    assert "KHR_materials_clearcoat" in tree(data)["extensionsUsed"]


def test_on_review_pages_likewise() -> None:
    maps = area_maps([AreaFinish("front", AreaKind.FOIL, GOLD)], "front", picture(), Look(), 0.8)
    assert maps is not None
    blank = make_dieline("box", BOX, DielineOptions())
    model = FoldingModel(blank, {"front": picture()}, Look(), {"front": maps})
    data = folding_glb(model, folding_steps(blank)[:2])
    (front,) = (one for one in tree(data)["materials"] if one["name"] == "front")
    assert "metallicRoughnessTexture" in front["pbrMetallicRoughness"]


@pytest.mark.parametrize(
    ("kind", "look"),
    [
        (AreaKind.WHITE, Look()),
        (AreaKind.FOIL, Look(lighting=Lighting.FLAT)),
        (None, Look(finish=Finish.FOIL)),
    ],
)
def test_what_is_not_seen_has_no_map(kind: AreaKind | None, look: Look) -> None:
    areas = [] if kind is None else [AreaFinish("front", kind, GOLD)]
    assert area_maps(areas, "front", picture(), look, 0.8) is None
