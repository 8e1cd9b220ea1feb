"""The package as GLB and OBJ, read back by trimesh and by hand."""

from __future__ import annotations

import io
import json
import re
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest
import trimesh
from PIL import Image
from support.outlines import mesh_area
from trimesh.visual import TextureVisuals

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.geometry import package_meshes
from packdesk.domain.look import Finish, Look
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.state import PackagingState
from packdesk.errors import BadPictureError, OutputUnwritableError
from packdesk.export.model import PackageModel, obj_companions, write_glb, write_obj
from packdesk.export.options import ExportOptions
from packdesk.export.writing import write_design

if TYPE_CHECKING:
    from pathlib import Path

Pixels = npt.NDArray[np.uint8]
SIZES: dict[PackageType, Dimensions] = {
    "box": Dimensions(width=100, height=150, depth=60),
    "cylinder": Dimensions(width=80, height=150, depth=80),
}
CORNERS = {(0, 0): (200, 0, 0), (1, 0): (0, 200, 0), (0, 1): (0, 0, 200), (1, 1): (200, 200, 0)}
"""Colour of a picture's corner, by column and row."""

UP = {"top": (0, 0, -1), "bottom": (0, 0, 1)}
"""Which way a panel's picture is upright, seen from outside; on the walls it is up."""


def marked(number: int, side: int = 32) -> bytes:
    """Four corner colours around a middle of one grey a panel."""
    pixels = np.full((side, side, 3), 40 * number, np.uint8)
    for (column, row), colour in CORNERS.items():
        pixels[row * (side - 8) : row * (side - 8) + 8, column * (side - 8) : column * (side - 8) + 8] = (
            colour
        )
    return encoded(Image.fromarray(pixels))


def encoded(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def model_of(kind: PackageType) -> PackageModel:
    textures = {panel_id: marked(number) for number, panel_id in enumerate(PANEL_IDS[kind])}
    return PackageModel(kind, SIZES[kind], textures)


def dress(mesh: trimesh.Trimesh) -> TextureVisuals:
    assert isinstance(mesh.visual, TextureVisuals)
    return mesh.visual


def uvs(mesh: trimesh.Trimesh) -> npt.NDArray[np.float64]:
    """Texture coordinates with v upwards, as trimesh keeps them."""
    found: npt.NDArray[np.float64] = np.asarray(dress(mesh).uv)
    return found


def picture_of(mesh: trimesh.Trimesh) -> Pixels:
    material = dress(mesh).material
    picture = getattr(material, "baseColorTexture", None) or getattr(material, "image", None)
    assert isinstance(picture, Image.Image)
    pixels: Pixels = np.asarray(picture.convert("RGB"))
    return pixels


def colour_at(mesh: trimesh.Trimesh, uv: npt.NDArray[np.float64]) -> tuple[int, ...]:
    """The picture's colour at texture coordinates with v upwards, as trimesh keeps them."""
    pixels = picture_of(mesh)
    column = int(np.clip(uv[0], 0, 0.999) * pixels.shape[1])
    row = int(np.clip(1 - uv[1], 0, 0.999) * pixels.shape[0])
    return tuple(int(value) for value in pixels[row, column])


def document(file: Path) -> dict[str, Any]:
    """The JSON of a GLB file, found as its format says."""
    raw = file.read_bytes()
    mark, version, length, size, kind = struct.unpack("<4s2LL4s", raw[:20])
    assert (mark, version, length, kind) == (b"glTF", 2, len(raw), b"JSON")
    found: dict[str, Any] = json.loads(raw[20 : 20 + size])
    return found


def loaded(kind: PackageType, suffix: str, folder: Path) -> dict[str, trimesh.Trimesh]:
    file = folder / f"package.{suffix}"
    {"glb": write_glb, "obj": write_obj}[suffix](model_of(kind), file)
    scene = trimesh.load_scene(file)
    assert scene.units in {None, "m", "meters"}
    return dict(scene.geometry)


@pytest.fixture(params=["glb", "obj"])
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=list(SIZES))
def kind(request: pytest.FixtureRequest) -> PackageType:
    found: PackageType = request.param
    return found


def test_metres_y_up_and_names(kind: PackageType, suffix: str, tmp_path: Path) -> None:
    meshes = loaded(kind, suffix, tmp_path)
    assert set(meshes) == set(PANEL_IDS[kind])
    corners = np.vstack([mesh.bounds for mesh in meshes.values()])
    width, height, depth = SIZES[kind].as_tuple()
    expected = [[-width / 2, 0, -depth / 2], [width / 2, height, depth / 2]]
    assert np.allclose([corners.min(axis=0), corners.max(axis=0)], np.array(expected) / 1000, atol=1e-6)
    for panel_id, mesh in meshes.items():
        assert dress(mesh).material.name == panel_id


def test_six_pictures_stay_six(kind: PackageType, suffix: str, tmp_path: Path) -> None:
    pictures = {panel_id: picture_of(mesh) for panel_id, mesh in loaded(kind, suffix, tmp_path).items()}
    assert len({pixels.tobytes() for pixels in pictures.values()}) == len(PANEL_IDS[kind])
    for number, panel_id in enumerate(PANEL_IDS[kind]):
        assert tuple(pictures[panel_id][16, 16]) == (40 * number,) * 3, panel_id


def test_every_picture_is_upright_from_outside(suffix: str, tmp_path: Path) -> None:
    for panel_id, mesh in loaded("box", suffix, tmp_path).items():
        up = np.array(UP.get(panel_id, (0, 1, 0)))
        outward = mesh.face_normals[0]
        right = np.cross(up, outward)
        middle = mesh.vertices.mean(axis=0)
        for vertex, uv in zip(mesh.vertices, uvs(mesh), strict=True):
            corner = (int((vertex - middle) @ right > 0), int((vertex - middle) @ up < 0))
            assert colour_at(mesh, uv) == CORNERS[corner], (panel_id, corner)


def test_a_cylinder_s_picture_runs_around_upright(suffix: str, tmp_path: Path) -> None:
    meshes = loaded("cylinder", suffix, tmp_path)
    body, top = meshes["body"], meshes["top"]
    front = np.argmin(abs(uvs(body)[:, 0] - 0.5))
    assert body.vertices[front][2] > 0.039, "the middle of the picture faces the front"
    quarter = body.vertices[np.argmin(abs(uvs(body)[:, 0] - 0.75))]
    assert quarter[0] > 0.039, "and its right half the right"
    assert np.array_equal(uvs(body)[:, 1] > 0.5, body.vertices[:, 1] > 0.07)
    assert np.allclose(uvs(top), np.c_[top.vertices[:, 0], -top.vertices[:, 2]] / 0.08 + 0.5, atol=1e-5)


def test_normals_look_outwards_and_the_wall_is_smooth(kind: PackageType, suffix: str, tmp_path: Path) -> None:
    centre = np.array([0, SIZES[kind].height / 2000, 0])
    for panel_id, mesh in loaded(kind, suffix, tmp_path).items():
        assert "vertex_normals" in mesh._cache.cache, "they come from the file"
        normals = mesh.vertex_normals
        assert np.allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-5)
        assert ((mesh.triangles_center - centre) * mesh.face_normals).sum(axis=1).min() > 0
        if panel_id == "body":
            radial = mesh.vertices * (1, 0, 1)
            radial /= np.linalg.norm(radial, axis=1, keepdims=True)
            assert np.allclose(normals, radial, atol=1e-5), "also at the seam"
        else:
            assert np.allclose(normals, mesh.face_normals[0], atol=1e-5)


def test_the_surface_is_the_package_s(kind: PackageType, tmp_path: Path) -> None:
    for mesh in package_meshes(kind, SIZES[kind]):
        written = loaded(kind, "glb", tmp_path)[mesh.panel_id]
        assert written.area * 1e6 == pytest.approx(mesh_area(mesh), rel=1e-4)


def test_what_stands_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "box.glb"
    write_glb(model_of("box"), file)
    tree = document(file)
    assert tree["asset"]["generator"].startswith("packdesk ")
    (root,) = tree["scenes"][0]["nodes"]
    assert tree["nodes"][root]["name"] == "Package"
    names = [tree["nodes"][child]["name"] for child in tree["nodes"][root]["children"]]
    assert names == list(PANEL_IDS["box"]) == [image["name"] for image in tree["images"]]
    assert tree["scenes"][0]["extras"]["size_mm"] == {"width": 100, "height": 150, "depth": 60}
    assert tree["meshes"][2]["extras"] == {"panel_id": "left", "size_mm": {"width": 60, "height": 150}}
    assert [material["name"] for material in tree["materials"]] == list(PANEL_IDS["box"])
    for material in tree["materials"]:
        assert material["doubleSided"] is False
        assert material["pbrMetallicRoughness"]["metallicFactor"] == 0


def test_one_picture_on_two_panels_is_kept_once_and_each_has_its_material(tmp_path: Path) -> None:
    same = marked(3)
    file, text = tmp_path / "can.glb", tmp_path / "can.obj"
    model = PackageModel("cylinder", SIZES["cylinder"], {"body": same, "top": same})
    write_glb(model, file)
    write_obj(model, text)
    tree = document(file)
    assert [material["name"] for material in tree["materials"]] == ["body", "top", "bottom"]
    views = {tree["images"][texture["source"]]["bufferView"] for texture in tree["textures"]}
    assert len(views) == 1
    assert "baseColorTexture" not in tree["materials"][2]["pbrMetallicRoughness"], "white board"
    wraps = [tree["samplers"][texture["sampler"]]["wrapS"] for texture in tree["textures"]]
    assert wraps == [10497, 33071], "only the body's picture goes around"
    assert text.with_suffix(".mtl").read_text().count("newmtl") == 3


def test_bare_board_around_a_picture_is_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    file = tmp_path / "box.glb"
    write_glb(PackageModel("box", SIZES["box"], {"front": encoded(clear)}), file)
    front = trimesh.load_scene(file).geometry["front"]
    assert (picture_of(front) == 255).all()


def test_a_package_without_artwork(kind: PackageType, tmp_path: Path) -> None:
    file = tmp_path / "bare.glb"
    write_glb(PackageModel(kind, SIZES[kind]), file)
    assert "textures" not in document(file)


def test_names_with_blanks(tmp_path: Path) -> None:
    target = tmp_path / "my tea.obj"
    materials, folder = obj_companions(target)
    assert re.fullmatch(r"my_tea-[0-9a-f]{6}\.mtl", materials.name)
    assert folder.name == f"{materials.stem}_textures"
    write_obj(model_of("box"), target)
    write_obj(model_of("box"), target)
    assert {path.name for path in tmp_path.iterdir()} == {"my tea.obj", materials.name, folder.name}
    assert len(trimesh.load_scene(target).geometry) == 6


def test_a_folder_of_the_user_s_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "tea_textures"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(OutputUnwritableError, match="other files than"):
        write_obj(model_of("box"), tmp_path / "tea.obj")
    assert [path.name for path in tmp_path.iterdir()] == ["tea_textures"]
    assert (folder / "thesis.txt").read_text() == "mine"


def test_a_folder_of_pictures_of_all_packages_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "tea_textures"
    folder.mkdir()
    for panels in PANEL_IDS.values():
        for panel_id in panels:
            (folder / f"{panel_id}.png").write_bytes(b"old")
    write_obj(model_of("cylinder"), tmp_path / "tea.obj")
    assert {path.name for path in folder.iterdir()} == {f"{name}.png" for name in PANEL_IDS["cylinder"]}


def test_nothing_half_is_left(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputUnwritableError, match="cannot be written"):
        {"glb": write_glb, "obj": write_obj}[suffix](model_of("box"), tmp_path / f"tea.{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadPictureError):
        write_glb(PackageModel("box", SIZES["box"], {"front": b"no picture"}), tmp_path / "tea.glb")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b", "a_b", "ä", "Ä", "茶", "茶茶"])
def test_no_two_models_name_the_same_files(name: str, tmp_path: Path) -> None:
    others = {obj_companions(tmp_path / f"{one}.obj") for one in ("a-b", "a\tb", "ö", "__", "_")}
    assert obj_companions(tmp_path / f"{name}.obj") not in others


def test_the_finish_goes_along(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"foil.{suffix}"
    foil = PackageModel("box", SIZES["box"], {"front": marked(1)}, Look(finish=Finish.FOIL))
    {"glb": write_glb, "obj": write_obj}[suffix](foil, file)
    if suffix == "obj":
        told = file.with_suffix(".mtl").read_text()
        assert ("illum 2" in told, "Pm 1" in told, "Pr 0.16" in told) == (True,) * 3
        assert file.read_text().splitlines()[1] == "# Units: metres, y up"
    else:
        surfaces = [material["pbrMetallicRoughness"] for material in document(file)["materials"]]
        assert {(one["metallicFactor"], one["roughnessFactor"]) for one in surfaces} == {(1.0, 0.16)}


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_flaps_and_board_as_they_are_folded(
    kind: PackageType, suffix: str, share: float, tmp_path: Path
) -> None:
    file, blank = tmp_path / f"open.{suffix}", make_dieline(kind, SIZES[kind])
    textures = model_of(kind).textures
    model = PackageModel(kind, SIZES[kind], textures, blank=blank, share=share)
    {"glb": write_glb, "obj": write_obj}[suffix](model, file)
    scene = trimesh.load_scene(file)
    low, high = scene.bounds
    assert low[1] == pytest.approx(0, abs=0.002), "on the floor"
    if share == 0:
        assert high[2] - low[2] == pytest.approx(blank.options.caliper / 1000, abs=1e-7), (
            "as thick as the board"
        )
    if share == 1 and kind == "box":
        assert high - low == pytest.approx(np.array([0.1, 0.15, 0.06]), abs=0.004)
    if suffix == "glb":
        tree = document(file)
        names = {node["name"] for node in tree["nodes"]} - {"Package"}
        assert set(PANEL_IDS[kind]) < names, "flaps beside the panels"
        assert len(names) < 20, "the strips of a label are one part"
        assert {"inside", "board"} <= {material["name"] for material in tree["materials"]}


def test_with_a_board_a_model_is_as_large_as_the_package(kind: PackageType, tmp_path: Path) -> None:
    options = DielineOptions(board=even_board("corrugated", 3.0))
    state = PackagingState(package_type=kind, package_dimensions=SIZES[kind])
    write_design(state, {}, tmp_path / "a.glb", ExportOptions(dieline=options))
    low, high = trimesh.load_scene(tmp_path / "a.glb").bounds
    sizes = sizes_of(kind, SIZES[kind], options)
    # Pieces of a blank lie with their printed side in the plane of their creases.
    wanted = sizes.outside if kind == "box" else sizes.manufacturing
    assert 1000 * (high - low) == pytest.approx(np.array([*wanted.as_tuple()]), abs=1e-2)
    names = {node["name"] for node in document(tmp_path / "a.glb")["nodes"]}
    assert any("tab" in name for name in names) == (kind == "cylinder"), "discs sunk into their tube"
