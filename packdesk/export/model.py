"""The package as a 3D model for other programs: GLB, or OBJ with its material file and pictures.

Both are in metres with y up, and the front looks along +z, as glTF wants a model to face. Formats: glTF 2.0,
the Khronos Group (ISO/IEC 12113:2022); Wavefront OBJ and MTL.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from packdesk.domain.geometry import package_meshes
from packdesk.domain.panels import PANEL_IDS, goes_around, panel_sizes
from packdesk.errors import OutputUnwritableError
from packdesk.export.glb import CLAMP, GENERATOR, REPEAT, Corners, Glb, on_board
from packdesk.files import output_file, write_output, written_beside
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.geometry import PanelMesh

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_ROUGHNESS = 0.8  # uncoated board
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
    file = Glb()
    writer = _PanelWriter(file, model)
    nodes = [writer.add(mesh) for mesh in package_meshes(model.package_type, model.dimensions)]
    extras = {"package_type": model.package_type, "size_mm": model.dimensions.model_dump()}
    write_output(target, file.packed(nodes, extras))


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


class _PanelWriter:
    """Writes panels into a GLB file."""

    def __init__(self, file: Glb, model: PackageModel) -> None:
        self._file = file
        self._model = model
        self._written: dict[bytes, bytes] = {}

    def add(self, mesh: PanelMesh) -> int:
        """A node, a mesh and a material, all named by the panel; returns the node."""
        model, panel_id = self._model, mesh.panel_id
        primitive = {**self._file.primitive(_corners(mesh)), "material": self._material(panel_id)}
        size = panel_sizes(model.package_type, model.dimensions)[panel_id]
        extras = {"panel_id": panel_id, "size_mm": {"width": size.width, "height": size.height}}
        made = self._file.add("meshes", {"name": panel_id, "primitives": [primitive], "extras": extras})
        return self._file.add("nodes", {"name": panel_id, "mesh": made})

    def _material(self, panel_id: str) -> int:
        surface: dict[str, Any] = {"metallicFactor": 0.0, "roughnessFactor": _ROUGHNESS}
        png = self._model.textures.get(panel_id)
        if png is not None:
            written = self._written.get(png) or _on_board(png)
            self._written[png] = written
            sampler = REPEAT if goes_around(panel_id) else CLAMP
            surface["baseColorTexture"] = {"index": self._file.texture(written, "image/png", sampler)}
        made = {"name": panel_id, "doubleSided": False, "pbrMetallicRoughness": surface}
        return self._file.add("materials", made)


def _corners(mesh: PanelMesh) -> Corners:
    return Corners.of(mesh.positions, mesh.normals, mesh.uvs)


def _obj_files(model: PackageModel, materials: str, folder: str) -> tuple[str, str, dict[str, bytes]]:
    """The OBJ text, the MTL text and the pictures by file name."""
    text, material_text = [f"# {GENERATOR}\nmtllib {materials}"], [f"# {GENERATOR}"]
    pictures: dict[str, bytes] = {}
    first = 1
    for mesh in package_meshes(model.package_type, model.dimensions):
        panel_id, corners = mesh.panel_id, _corners(mesh)
        text += [f"o {panel_id}", f"usemtl {panel_id}", *_obj_lines(corners, first)]
        first += len(corners.positions)
        material_text.append(f"\nnewmtl {panel_id}\n{_MATERIAL}".rstrip())
        if panel_id in model.textures:
            pictures[f"{panel_id}.png"] = _on_board(model.textures[panel_id])
            material_text.append(f"map_Kd {folder}/{panel_id}.png")
    return "\n".join(text) + "\n", "\n".join(material_text) + "\n", pictures


def _obj_lines(corners: Corners, first: int) -> Iterator[str]:
    """Corners, numbered from `first`, and faces; v runs upwards there."""
    upwards = np.column_stack([corners.uvs[:, 0], 1 - corners.uvs[:, 1]])
    for word, rows in (("v", corners.positions), ("vt", upwards), ("vn", corners.normals)):
        yield from (f"{word} " + " ".join(f"{value:.8f}" for value in row) for row in rows)
    for face in corners.faces + first:
        yield "f " + " ".join(f"{corner}/{corner}/{corner}" for corner in face)


def _on_board(png: bytes) -> bytes:
    """The picture as PNG without transparency."""
    written = io.BytesIO()
    on_board(png).save(written, "PNG")
    return written.getvalue()
