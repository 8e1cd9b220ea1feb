"""The package as a 3D model for other programs: GLB, or OBJ with its material file and pictures.

Both are in metres with y up, and the front looks along +z, as glTF wants a model to face. Formats: glTF 2.0,
the Khronos Group (ISO/IEC 12113:2022); Wavefront OBJ and MTL.
"""

from __future__ import annotations

import io
import json
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from packdesk import __version__
from packdesk.domain.geometry import package_meshes
from packdesk.domain.panels import PANEL_IDS, goes_around, panel_sizes
from packdesk.errors import BadPictureError, OutputUnwritableError
from packdesk.files import output_file, write_output, written_beside
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.geometry import PanelMesh

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_GENERATOR = f"packdesk {__version__}"
_MM = 0.001
_ROUGHNESS = 0.8  # uncoated board
_FLOAT, _UNSIGNED = 5126, 5125  # OpenGL's numbers, which glTF uses
_LINEAR, _MIPMAPPED, _CLAMP, _REPEAT = 9729, 9987, 33071, 10497
_MATERIAL = "Ka 1 1 1\nKd 1 1 1\nKs 0 0 0\nNs 1\n"
_PICTURES = {f"{panel_id}.png" for panels in PANEL_IDS.values() for panel_id in panels}


@dataclass(frozen=True)
class PackageModel:
    """A package to be written as a 3D model.

    Attributes:
        package_type: box or cylinder.
        dimensions: manufacturing size in millimetres.
        textures: checked PNG by panel; a panel that is missing is white board.
    """

    package_type: PackageType
    dimensions: Dimensions
    textures: Mapping[str, bytes] = field(default_factory=dict)


def write_glb(model: PackageModel, target: Path) -> None:
    """Write one GLB file (glTF 2.0): a mesh, a node and a material for each panel, named by it.

    Sizes in millimetres stand in the extras of the scene and of each mesh.

    Raises:
        OutputUnwritableError: it cannot be written.
        BadPictureError: a picture cannot be decoded.
    """
    file = _Glb()
    for mesh in package_meshes(model.package_type, model.dimensions):
        file.add_panel(mesh, model)
    write_output(target, file.packed(model))


def write_obj(model: PackageModel, target: Path) -> None:
    """Write `name.obj`, `name.mtl` and a folder `name_textures` beside each other.

    The OBJ file takes its place last: whoever finds it finds what it names.

    Raises:
        OutputUnwritableError: it cannot be written, or the folder is there and holds something else.
        BadPictureError: a picture cannot be decoded.
    """
    materials, folder = obj_companions(target)
    _check_folder(folder)
    text, material_text, pictures = _obj_files(model, materials.name, folder.name)
    with (
        output_file(target) as text_beside,
        written_beside(materials) as materials_beside,
        written_beside(folder) as folder_beside,
    ):
        folder_beside.mkdir()
        for name, png in pictures.items():
            (folder_beside / name).write_bytes(png)
        materials_beside.write_text(material_text, "ascii", newline="\n")
        text_beside.write_text(text, "ascii", newline="\n")


def obj_companions(target: Path) -> tuple[Path, Path]:
    """The material file and the folder of pictures that belong to an OBJ file.

    Many programs split the lines that name them at blanks, so there are none in their names.
    """
    stem = _UNSAFE.sub("_", target.stem)
    return target.with_name(f"{stem}.mtl"), target.with_name(f"{stem}_textures")


def _check_folder(folder: Path) -> None:
    try:
        strange = folder.exists() and not {path.name for path in folder.iterdir()} <= _PICTURES
    except OSError:  # a file of that name
        strange = True
    if strange:
        raise OutputUnwritableError(
            Sentence(
                "{folder} was not replaced: it holds other files than a model's pictures.", folder=folder
            ),
            "Name another file.",
        )


class _Corners(NamedTuple):
    """A panel in metres, y up; what is the same in place, normal and picture place is one corner.

    Attributes:
        positions: (n, 3).
        normals: (n, 3).
        uvs: (n, 2), v downwards.
        faces: (m, 3) indices, counter-clockwise seen from outside.
    """

    positions: npt.NDArray[np.float32]
    normals: npt.NDArray[np.float32]
    uvs: npt.NDArray[np.float32]
    faces: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, mesh: PanelMesh) -> _Corners:
        """Its corners and how they are joined."""
        # x stays, z becomes y, and what was behind (+y) becomes -z: a quarter turn, no mirror.
        turned = [rows[:, (0, 2, 1)] * (1, 1, -1) for rows in (mesh.positions * _MM, mesh.normals)]
        rows = np.hstack([*turned, mesh.uvs]).round(9)
        unique, faces = np.unique(rows, axis=0, return_inverse=True)
        single = (unique + 0.0).astype(np.float32)  # no -0
        return cls(single[:, :3], single[:, 3:6], single[:, 6:], faces.reshape(-1, 3).astype(np.uint32))


class _Glb:
    """A GLB file while panels are added to it."""

    def __init__(self) -> None:
        self._binary = bytearray()
        self._lists: dict[str, list[dict[str, Any]]] = {}
        self._pictures: dict[bytes, int] = {}

    def add_panel(self, mesh: PanelMesh, model: PackageModel) -> None:
        """A node, a mesh and a material, all named by the panel."""
        panel_id, corners = mesh.panel_id, _Corners.of(mesh)
        attributes = {
            "POSITION": self._accessor(corners.positions, "VEC3"),
            "NORMAL": self._accessor(corners.normals, "VEC3"),
            "TEXCOORD_0": self._accessor(corners.uvs, "VEC2"),
        }
        primitive = {
            "attributes": attributes,
            "indices": self._accessor(corners.faces.reshape(-1, 1), "SCALAR"),
            "material": self._material(panel_id, model.textures.get(panel_id)),
        }
        size = panel_sizes(model.package_type, model.dimensions)[panel_id]
        extras = {"panel_id": panel_id, "size_mm": {"width": size.width, "height": size.height}}
        made = {"name": panel_id, "primitives": [primitive], "extras": extras}
        self._add("nodes", {"name": panel_id, "mesh": self._add("meshes", made)})

    def packed(self, model: PackageModel) -> bytes:
        """The whole file: a header, then the JSON and the binary chunk, each filled up to four bytes."""
        extras = {"package_type": model.package_type, "size_mm": model.dimensions.model_dump()}
        tree = {
            "asset": {"version": "2.0", "generator": _GENERATOR},
            "scene": 0,
            "scenes": [{"nodes": list(range(len(self._lists["nodes"]))), "extras": extras}],
            "buffers": [{"byteLength": len(self._binary)}],
            **({"samplers": [_sampler(_CLAMP), _sampler(_REPEAT)]} if self._pictures else {}),
            **self._lists,
        }
        text = json.dumps(tree).encode()
        chunks = ((b"JSON", text + b" " * (-len(text) % 4)), (b"BIN\0", bytes(self._binary)))
        body = b"".join(struct.pack("<L4s", len(data), kind) + data for kind, data in chunks)
        return struct.pack("<4sLL", b"glTF", 2, 12 + len(body)) + body

    def _add(self, name: str, item: dict[str, Any]) -> int:
        items = self._lists.setdefault(name, [])
        items.append(item)
        return len(items) - 1

    def _view(self, data: bytes) -> int:
        start = len(self._binary)
        self._binary += data + bytes(-len(data) % 4)
        return self._add("bufferViews", {"buffer": 0, "byteOffset": start, "byteLength": len(data)})

    def _accessor(self, rows: npt.NDArray[np.float32 | np.uint32], kind: str) -> int:
        accessor = {
            "bufferView": self._view(rows.tobytes()),
            "componentType": _UNSIGNED if kind == "SCALAR" else _FLOAT,
            "count": len(rows),
            "type": kind,
            "min": rows.min(axis=0).tolist(),
            "max": rows.max(axis=0).tolist(),
        }
        return self._add("accessors", accessor)

    def _material(self, panel_id: str, png: bytes | None) -> int:
        surface: dict[str, Any] = {"metallicFactor": 0.0, "roughnessFactor": _ROUGHNESS}
        if png is not None:
            texture = {"source": self._picture(png), "sampler": int(goes_around(panel_id))}
            surface["baseColorTexture"] = {"index": self._add("textures", texture)}
        made = {"name": panel_id, "doubleSided": False, "pbrMetallicRoughness": surface}
        return self._add("materials", made)

    def _picture(self, png: bytes) -> int:
        if png not in self._pictures:
            view = self._view(_on_board(png))
            self._pictures[png] = self._add("images", {"bufferView": view, "mimeType": "image/png"})
        return self._pictures[png]


def _obj_files(model: PackageModel, materials: str, folder: str) -> tuple[str, str, dict[str, bytes]]:
    """The OBJ text, the MTL text and the pictures by file name."""
    text, material_text = [f"# {_GENERATOR}\nmtllib {materials}"], [f"# {_GENERATOR}"]
    pictures: dict[str, bytes] = {}
    first = 1
    for mesh in package_meshes(model.package_type, model.dimensions):
        panel_id, corners = mesh.panel_id, _Corners.of(mesh)
        text += [f"o {panel_id}", f"usemtl {panel_id}", *_obj_lines(corners, first)]
        first += len(corners.positions)
        material_text.append(f"\nnewmtl {panel_id}\n{_MATERIAL}".rstrip())
        if panel_id in model.textures:
            pictures[f"{panel_id}.png"] = _on_board(model.textures[panel_id])
            material_text.append(f"map_Kd {folder}/{panel_id}.png")
    return "\n".join(text) + "\n", "\n".join(material_text) + "\n", pictures


def _obj_lines(corners: _Corners, first: int) -> Iterator[str]:
    """Corners, numbered from `first`, and faces; v runs upwards there."""
    upwards = np.column_stack([corners.uvs[:, 0], 1 - corners.uvs[:, 1]])
    for word, rows in (("v", corners.positions), ("vt", upwards), ("vn", corners.normals)):
        yield from (f"{word} " + " ".join(f"{value:.8f}" for value in row) for row in rows)
    for face in corners.faces + first:
        yield "f " + " ".join(f"{corner}/{corner}/{corner}" for corner in face)


def _on_board(png: bytes) -> bytes:
    """The picture as PNG on white board, without transparency: viewers blend that in ways of their own.

    Raises:
        BadPictureError: it cannot be decoded.
    """
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            picture = opened.convert("RGBA")
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error
    board = Image.new("RGBA", picture.size, "white")
    written = io.BytesIO()
    Image.alpha_composite(board, picture).convert("RGB").save(written, "PNG")
    return written.getvalue()


def _sampler(sideways: int) -> dict[str, int]:
    return {"magFilter": _LINEAR, "minFilter": _MIPMAPPED, "wrapS": sideways, "wrapT": _CLAMP}
