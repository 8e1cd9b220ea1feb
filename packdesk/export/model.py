"""The package as a 3D model for other programs: GLB, or OBJ with its material file and pictures.

Both are in metres with y up, and the front looks along +z, as glTF wants a model to face.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import OutputUnwritableError
from packdesk.files import output_file, write_output, written_beside

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.domain.dimensions import Dimensions, PackageType

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
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
    from packdesk.export.meshes import glb_bytes  # noqa: PLC0415  (trimesh costs a quarter of a second)

    write_output(target, glb_bytes(model))


def write_obj(model: PackageModel, target: Path) -> None:
    """Write `name.obj`, `name.mtl` and a folder `name_textures` beside each other.

    The OBJ file takes its place last: whoever finds it finds what it names.

    Raises:
        OutputUnwritableError: it cannot be written, or the folder is there and holds something else.
        BadPictureError: a picture cannot be decoded.
    """
    from packdesk.export.meshes import obj_files  # noqa: PLC0415  (as above)

    materials, folder = obj_companions(target)
    _check_folder(folder)
    text, material_text, pictures = obj_files(model, materials.name, folder.name)
    with (
        output_file(target) as text_beside,
        written_beside(materials) as materials_beside,
        written_beside(folder) as folder_beside,
    ):
        folder_beside.mkdir()
        for name, png in pictures.items():
            (folder_beside / name).write_bytes(png)
        materials_beside.write_bytes(material_text)
        text_beside.write_bytes(text)


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
            f"{folder} was not replaced: it holds other files than a model's pictures.",
            "Name another file.",
        )
