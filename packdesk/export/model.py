"""The package as a 3D model for other programs: GLB, or OBJ with its material file and pictures.

Both are in metres with y up, and the front looks along +z, as glTF wants a model to face. Formats: glTF 2.0,
the Khronos Group (ISO/IEC 12113:2022); Wavefront OBJ and MTL, with `Pr` and `Pm` for roughness and metal, an
extension of Clara.io that others read, too.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from packdesk.domain.look import Look
from packdesk.domain.panels import PANEL_IDS, goes_around, panel_sizes
from packdesk.errors import OutputUnwritableError
from packdesk.export.area_maps import area_maps, mapped
from packdesk.export.glb import CLAMP, GENERATOR, REPEAT, Corners, Glb, board_png
from packdesk.export.materials import inside_material, printed_material, used_extensions
from packdesk.export.parts import INSIDE, INSIDE_SUFFIX, blank_parts, closed_parts, inside_name
from packdesk.files import check_replaceable, output_files, write_output
from packdesk.sentence import Sentence
from packdesk.stopping import check_wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.export.parts import Part

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_PICTURES = {
    f"{name}.png"
    for panels in PANEL_IDS.values()
    for panel_id in panels
    for name in (panel_id, inside_name(panel_id))
}
_SHININESS = 30.0


@dataclass(frozen=True)
class PackageModel:
    """A package to be written as a 3D model.

    Attributes:
        package_type: box or cylinder.
        dimensions: in millimetres: from outside to outside, or with `blank` from crease to crease.
        textures: checked PNG by panel; a panel that is missing is plain board.
        look: its finish is the surface of all.
        title: what the whole is called.
        blank: its pieces, flaps among them, as thick as its board; None for the closed package's outside.
        share: how far the blank is folded, 1 for closed.
        inside: checked PNG by panel, on the inside of the blank's panels.
        areas: finishes on parts of panels; OBJ has no words for them.
    """

    package_type: PackageType
    dimensions: Dimensions
    textures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    look: Look = field(default_factory=Look)
    title: str = "Package"
    blank: Dieline | None = None
    share: float = 1.0
    inside: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    areas: tuple[AreaFinish, ...] = ()

    @property
    def parts(self) -> list[Part]:
        """What it consists of."""
        if self.blank is None:
            return closed_parts(self.package_type, self.dimensions)
        return blank_parts(self.blank, self.share, frozenset(self.inside))

    @property
    def pictures(self) -> dict[str, bytes]:
        """All pictures by the name of their material."""
        return {**self.textures, **{inside_name(panel_id): png for panel_id, png in self.inside.items()}}

    @property
    def surface(self) -> Look:
        """Its finish, in any light."""
        return Look(finish=self.look.finish)


def write_glb(model: PackageModel, target: Path) -> None:
    """Write one GLB file (glTF 2.0): a node above a mesh and a node for each part, named by its panel.

    Sizes in millimetres stand in the extras of the scene and of each panel's mesh.

    Raises:
        OutputUnwritableError: it cannot be written.
        BadPictureError: a picture cannot be decoded.
    """
    file = Glb()
    file.uses(*used_extensions(model.surface))
    writer = _PartWriter(file, model)
    extras = {"package_type": model.package_type, "size_mm": model.dimensions.model_dump()}
    children = [writer.add(part) for part in model.parts]
    root = file.add("nodes", {"name": model.title, "children": children, "extras": extras})
    write_output(target, file.packed([root], extras))


def write_obj(model: PackageModel, target: Path) -> None:
    """Write `name.obj`, `name.mtl` and a folder `name_textures` beside each other, all or none.

    Raises:
        OutputUnwritableError: it cannot be written, or the folder is there and holds something else.
        BadPictureError: a picture cannot be decoded.
    """
    materials, folder = obj_companions(target)
    check_replaceable(target)
    check_pictures_folder(folder)
    text, material_text, pictures = _obj_files(model, materials.name, folder.name)
    with output_files(target, materials, folder, folders=[folder]) as (
        text_beside,
        materials_beside,
        folder_beside,
    ):
        folder_beside.mkdir()
        for name, png in pictures.items():
            (folder_beside / name).write_bytes(png)
        materials_beside.write_text(material_text, "ascii", newline="\n")
        text_beside.write_text(text, "ascii", newline="\n")


def obj_companions(target: Path) -> tuple[Path, Path]:
    """The material file and the folder of pictures that belong to an OBJ file.

    Many programs split the lines that name them at blanks and take only some letters. So others become `_`,
    and a mark of the name it was keeps two files from naming the same.
    """
    stem = _UNSAFE.sub("_", target.stem)
    if stem != target.stem:
        stem += f"-{hashlib.sha256(target.stem.encode('utf-8', 'surrogateescape')).hexdigest()[:6]}"
    return target.with_name(f"{stem}.mtl"), target.with_name(f"{stem}_textures")


def check_pictures_folder(folder: Path) -> None:
    """Make sure that the folder of an OBJ file's pictures holds nothing else.

    Raises:
        OutputUnwritableError: it does.
    """
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


class _PartWriter:
    """Writes parts into a GLB file, and each material once."""

    def __init__(self, file: Glb, model: PackageModel) -> None:
        self._file = file
        self._model = model
        self._materials: dict[str, int] = {}

    def add(self, part: Part) -> int:
        """A node and a mesh, named as the part is, with its materials; returns the node."""
        check_wanted()
        primitives = [
            {**self._file.primitive(surface.corners), "material": self._material(surface.material)}
            for surface in part.surfaces
        ]
        mesh: dict[str, Any] = {"name": part.name, "primitives": primitives}
        if part.panel_id:
            size = panel_sizes(self._model.package_type, self._model.dimensions)[part.panel_id]
            measured = {"width": size.width, "height": size.height}
            mesh["extras"] = {"panel_id": part.panel_id, "size_mm": measured}
        return self._file.add("nodes", {"name": part.name, "mesh": self._file.add("meshes", mesh)})

    def _material(self, name: str) -> int:
        if name not in self._materials:
            made = {"name": name, "doubleSided": False, **self._surface(name)}
            self._materials[name] = self._file.add("materials", made)
        return self._materials[name]

    def _surface(self, name: str) -> dict[str, Any]:
        look, png = self._model.surface, self._model.pictures.get(name)
        if name == INSIDE:
            return inside_material(look)
        if png is None:
            return printed_material(look, None)
        sampler = REPEAT if goes_around(name.removesuffix(INSIDE_SUFFIX)) else CLAMP
        made = printed_material(look, self._file.texture(board_png(png), "image/png", sampler, name))
        rough = made["pbrMetallicRoughness"]["roughnessFactor"]
        maps = area_maps(self._model.areas, name, png, look, rough)
        return made if maps is None else mapped(self._file, made, maps, sampler, name)


def _obj_files(model: PackageModel, materials: str, folder: str) -> tuple[str, str, dict[str, bytes]]:
    """The OBJ text, the MTL text and the pictures by file name."""
    size = " x ".join(f"{side:g}" for side in model.dimensions.as_tuple())
    text = [f"# {GENERATOR}", "# Units: metres, y up", f"# Size: {size} mm", f"mtllib {materials}"]
    first, used = 1, dict[str, None]()
    for part in model.parts:
        check_wanted()
        text.append(f"o {part.name}")
        for surface in part.surfaces:
            corners = surface.corners
            text += [f"usemtl {surface.material}", *_obj_lines(corners, first)]
            first += len(corners.positions)
            used[surface.material] = None
    known = model.pictures
    pictures = {f"{name}.png": board_png(known[name]) for name in used if name in known}
    material_text = [f"# {GENERATOR}", *(_mtl(model, name, folder) for name in used)]
    return "\n".join(text) + "\n", "\n\n".join(material_text) + "\n", pictures


def _mtl(model: PackageModel, name: str, folder: str) -> str:
    """A material: its colour, how it shines, and the same for programs that know roughness and metal."""
    printed = name in model.pictures
    made = inside_material(model.surface) if name == INSIDE else printed_material(model.surface, None)
    if printed:
        made = printed_material(model.surface, 0)
    surface = made["pbrMetallicRoughness"]
    rough, metal = surface["roughnessFactor"], surface["metallicFactor"]
    colour = " ".join(f"{value:.4f}" for value in surface["baseColorFactor"][:3])
    shine = f"{metal or 0.5:.1f}"
    lines = [f"newmtl {name}", f"Ka {colour}", f"Kd {colour}", f"Ks {shine} {shine} {shine}"]
    lines += [f"Ns {(_SHININESS * (1 - rough)) ** 2:.1f}", "d 1", "illum 2", f"Pr {rough:g}", f"Pm {metal:g}"]
    return "\n".join([*lines, *([f"map_Kd {folder}/{name}.png"] if printed else [])])


def _obj_lines(corners: Corners, first: int) -> Iterator[str]:
    """Corners, numbered from `first`, and faces; v runs upwards there."""
    upwards = np.column_stack([corners.uvs[:, 0], 1 - corners.uvs[:, 1]])
    for word, rows in (("v", corners.positions), ("vt", upwards), ("vn", corners.normals)):
        yield from (f"{word} " + " ".join(f"{value:.8f}" for value in row) for row in rows)
    for face in corners.faces + first:
        yield "f " + " ".join(f"{corner}/{corner}/{corner}" for corner in face)
