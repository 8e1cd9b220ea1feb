"""The package on the page: its folding is ours at every step, its pictures lie where they lie in packdesk."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from support.review import art, blank

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.fold import in_space
from packdesk.domain.dieline.printed import picture_points
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.look import Finish, Lighting, Look
from packdesk.export.glb import y_up
from packdesk.export.review.light import HEIGHT, WIDTH, studio_hdr
from packdesk.export.review.model import STEPS, FoldingModel, folding_glb, folding_steps, framings
from packdesk.export.review.pictures import web_pictures
from packdesk.viewer.unfolding import fan

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.geometry import FloatArray


class Glb:
    """A GLB file, read by hand."""

    def __init__(self, content: bytes) -> None:
        length = struct.unpack_from("<L", content, 12)[0]
        self.tree: dict[str, Any] = json.loads(content[20 : 20 + length])
        self._binary = content[28 + length :]

    def rows(self, number: int) -> npt.NDArray[Any]:
        accessor = self.tree["accessors"][number]
        view = self.tree["bufferViews"][accessor["bufferView"]]
        kind = np.float32 if accessor["componentType"] == 5126 else np.uint32
        data = self._binary[view["byteOffset"] :][: view["byteLength"]]
        return np.frombuffer(data, kind).reshape(accessor["count"], -1)

    def node(self, name: str) -> int:
        return next(index for index, node in enumerate(self.tree["nodes"]) if node["name"] == name)

    def tracks(self, node: int) -> dict[str, npt.NDArray[Any]]:
        """Its values at every key."""
        animation = self.tree["animations"][0]
        samplers = animation["samplers"]
        return {
            channel["target"]["path"]: self.rows(samplers[channel["sampler"]]["output"])
            for channel in animation["channels"]
            if channel["target"]["node"] == node
        }


def turned(quaternion: FloatArray, points: FloatArray) -> FloatArray:
    """Points turned by x, y, z, w."""
    axis, real = quaternion[:3], quaternion[3]
    crossed = np.cross(axis, points)
    result: FloatArray = points + 2 * real * crossed + 2 * np.cross(axis, crossed)
    return result


def model_of(kind: PackageType, look: Look | None = None) -> FoldingModel:
    pictures = web_pictures(art(kind))
    return FoldingModel(blank(kind), pictures, look or Look())


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_every_piece_is_where_it_is_folded_to(kind: PackageType) -> None:
    model = model_of(kind)
    steps = folding_steps(model.dieline)
    glb = Glb(folding_glb(model, steps))
    for plate in steps[0].plates:
        node = (
            glb.node(plate.plate_id) if plate.panel_id != plate.plate_id else _blank_node(glb, plate.plate_id)
        )
        mesh = glb.tree["meshes"][glb.tree["nodes"][node]["mesh"]]
        places = glb.rows(mesh["primitives"][0]["attributes"]["POSITION"]).astype(float)
        tracks = glb.tracks(node)
        for step in (0, STEPS // 3, STEPS):
            scale = tracks["scale"][step] if "scale" in tracks else 1.0
            found = (
                turned(tracks["rotation"][step].astype(float), places * scale) + tracks["translation"][step]
            )
            wanted = in_space(steps[step].matrices[plate.plate_id], fan(plate.outline))
            assert np.allclose(found, y_up(wanted) / 1000, atol=2e-6), plate.plate_id


def _blank_node(glb: Glb, name: str) -> int:
    """Panels are there twice; the second time as a piece of the blank."""
    return [index for index, node in enumerate(glb.tree["nodes"]) if node["name"] == name][1]


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_blank_and_closed_package_take_turns(kind: PackageType) -> None:
    model = model_of(kind)
    glb = Glb(folding_glb(model, folding_steps(model.dieline)))
    closed, blank_ = (glb.tracks(glb.node(name))["scale"][:, 0] for name in ("closed", "blank"))
    assert ((closed > 0.5) == [False, True, True]).all()
    assert ((blank_ > 0.5) == [True, False, False]).all()
    assert glb.tree["scenes"][0]["nodes"] == [glb.node("closed"), glb.node("blank")]


def test_pictures_lie_on_the_blank_as_on_the_sheet() -> None:
    model = model_of("box")
    glb = Glb(folding_glb(model, folding_steps(model.dieline)))
    for plate in folding_steps(model.dieline)[0].plates:
        if plate.panel_id is None:
            continue
        mesh = glb.tree["meshes"][glb.tree["nodes"][_blank_node(glb, plate.plate_id)]["mesh"]]
        assert mesh["extras"] == {"blank": True, "panel_id": plate.panel_id}
        attributes = mesh["primitives"][0]["attributes"]
        sheet = glb.rows(attributes["POSITION"])[:, :2] * 1000
        wanted = picture_points(model.dieline.panel(plate.panel_id), sheet.astype(float))
        assert np.allclose(glb.rows(attributes["TEXCOORD_0"]), wanted, atol=1e-4)


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_all_of_the_package_is_in_its_framing(kind: PackageType) -> None:
    steps = folding_steps(blank(kind))
    for step, framing in zip(steps, framings(steps), strict=True):
        away = np.linalg.norm(y_up(step.extent) / 1000 - framing[:3], axis=1)
        assert away.max() == pytest.approx(framing.radius, abs=1e-4)


def test_finishes_are_materials() -> None:
    def materials(look: Look) -> tuple[dict[str, Any], list[str]]:
        model = model_of("box", look)
        tree = Glb(folding_glb(model, folding_steps(model.dieline))).tree
        return {one["name"]: one for one in tree["materials"]}, tree["extensionsUsed"]

    matte, used = materials(Look())
    assert used == ["EXT_texture_webp"]
    assert matte["front"]["pbrMetallicRoughness"]["baseColorFactor"] == [1, 1, 1, 1]
    gloss, used = materials(Look(finish=Finish.GLOSS))
    assert "KHR_materials_clearcoat" in used
    assert gloss["front"]["extensions"]["KHR_materials_clearcoat"]["clearcoatFactor"] == 1
    assert "extensions" not in gloss["inside"]
    foil, _ = materials(Look(finish=Finish.FOIL))
    assert foil["front"]["pbrMetallicRoughness"]["metallicFactor"] == 1
    assert foil["inside"]["pbrMetallicRoughness"]["metallicFactor"] == 0
    kraft, _ = materials(Look(finish=Finish.KRAFT))
    red, green, blue, _ = kraft["front"]["pbrMetallicRoughness"]["baseColorFactor"]
    assert 1 > red > green > blue > 0
    flat, used = materials(Look(lighting=Lighting.FLAT))
    assert "KHR_materials_unlit" in used
    assert all("KHR_materials_unlit" in one["extensions"] for one in flat.values())


def test_the_studio_is_brighter_where_its_lamps_are() -> None:
    content = studio_hdr(Look(lighting=Lighting.SIDE))
    pixels = np.frombuffer(content[-WIDTH * HEIGHT * 4 :], np.uint8).reshape(HEIGHT, WIDTH, 4).astype(float)
    light = (pixels[..., :3] / 256 * 2 ** (pixels[..., 3:] - 128)).mean(axis=2)
    brightest = int(light[: HEIGHT // 2].mean(axis=0).argmax())
    # The camera looks from three quarters of the width; its left lies to the right there.
    assert WIDTH * 3 // 4 < brightest < WIDTH
    assert light[: HEIGHT // 2].mean() > light[HEIGHT // 2 :].mean(), "the sky is above"


@pytest.mark.parametrize("style", [DielineStyle.SLEEVE, DielineStyle.HANG_TAB])
def test_what_stays_in_pieces_is_closed_as_its_pieces(style: DielineStyle) -> None:
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=60), DielineOptions(style))
    steps = folding_steps(dieline)
    glb = Glb(folding_glb(FoldingModel(dieline, {}, Look()), steps))
    nodes = [glb.tree["nodes"][index] for index in glb.tree["nodes"][glb.node("closed")]["children"]]
    assert [node["name"] for node in nodes] == [plate.plate_id for plate in steps[-1].plates]
    for node, plate in zip(nodes, steps[-1].plates, strict=True):
        mesh = glb.tree["meshes"][node["mesh"]]
        assert mesh["extras"] == ({"panel_id": plate.panel_id} if plate.panel_id else {})
        places = glb.rows(mesh["primitives"][0]["attributes"]["POSITION"])
        matrix = np.array(node["matrix"]).reshape(4, 4).T
        expected = y_up(in_space(steps[-1].matrices[plate.plate_id], fan(plate.outline))) / 1000
        assert places @ matrix[:3, :3].T + matrix[:3, 3] == pytest.approx(expected, abs=1e-6)


def test_a_closed_label_of_strips_looks_round() -> None:
    options = DielineOptions(board=even_board("board", 1.0))
    dieline = make_dieline("cylinder", Dimensions(width=80, height=90, depth=80), options)
    glb = Glb(folding_glb(FoldingModel(dieline, {}, Look()), folding_steps(dieline)))
    found = []
    for index in glb.tree["nodes"][glb.node("closed")]["children"]:
        node = glb.tree["nodes"][index]
        if node["name"].startswith("body-"):
            matrix = np.array(node["matrix"]).reshape(4, 4).T
            surface = glb.tree["meshes"][node["mesh"]]["primitives"][0]["attributes"]
            places = glb.rows(surface["POSITION"]) @ matrix[:3, :3].T + matrix[:3, 3]
            normals = glb.rows(surface["NORMAL"]) @ np.linalg.inv(matrix[:3, :3])
            found.append((places, normals / np.linalg.norm(normals, axis=1, keepdims=True)))
    places, normals = (np.concatenate(part) for part in zip(*found, strict=True))
    outwards = places * (1, 0, 1)
    outwards /= np.linalg.norm(outwards, axis=1, keepdims=True)
    assert normals == pytest.approx(outwards, abs=2e-3)
