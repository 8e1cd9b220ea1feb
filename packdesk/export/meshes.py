"""A package's panels as trimesh meshes with materials, and the bytes of model files made of them.

Formats: glTF 2.0, the Khronos Group (ISO/IEC 12113:2022); Wavefront OBJ and MTL.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import trimesh
from PIL import Image
from trimesh.exchange.gltf import export_glb
from trimesh.exchange.obj import export_obj
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial, SimpleMaterial

from packdesk import __version__
from packdesk.domain.geometry import package_meshes
from packdesk.domain.panels import goes_around, panel_sizes
from packdesk.errors import BadPictureError

if TYPE_CHECKING:
    from trimesh.parent import Geometry

    from packdesk.domain.geometry import PanelMesh
    from packdesk.export.model import PackageModel

_MM = 0.001
_WHITE = (255, 255, 255, 255)
_ROUGHNESS = 0.8  # uncoated board
_LINEAR, _MIPMAPPED, _CLAMP, _REPEAT = 9729, 9987, 33071, 10497  # OpenGL's numbers, which glTF uses
_GENERATOR = f"packdesk {__version__}"


class _PanelMaterial(SimpleMaterial):
    """One for each panel, even where two show the same picture: trimesh writes equal ones once."""

    def __hash__(self) -> int:
        return hash(self.name)


class _PanelScene(trimesh.Scene):
    """Its meshes stand where they belong; a scene would copy them, which loses their normals."""

    def dump(self, concatenate: bool = False) -> list[Geometry]:  # noqa: FBT001, FBT002  (trimesh's signature)
        del concatenate
        return list(self.geometry.values())


def glb_bytes(model: PackageModel) -> bytes:
    """The model as a GLB file.

    Raises:
        BadPictureError: a picture cannot be decoded.
    """
    scene = trimesh.Scene(metadata=_scene_extras(model))
    for mesh in package_meshes(model.package_type, model.dimensions):
        material = PBRMaterial(
            name=mesh.panel_id,
            baseColorFactor=_WHITE,
            baseColorTexture=_picture(model, mesh.panel_id),
            metallicFactor=0.0,
            roughnessFactor=_ROUGHNESS,
            doubleSided=False,
        )
        made = _mesh(mesh, material)
        made.metadata = _mesh_extras(model, mesh.panel_id)
        scene.add_geometry(made, node_name=mesh.panel_id, geom_name=mesh.panel_id)
    data: bytes = export_glb(scene, include_normals=True, tree_postprocessor=_finish)
    return data


def obj_files(model: PackageModel, materials: str, folder: str) -> tuple[bytes, bytes, dict[str, bytes]]:
    """The OBJ text, the MTL text and the pictures by file name.

    Args:
        model: the package.
        materials: name of the MTL file.
        folder: name of the folder the pictures will be in.

    Raises:
        BadPictureError: a picture cannot be decoded.
    """
    scene = _PanelScene()
    for mesh in package_meshes(model.package_type, model.dimensions):
        material = _PanelMaterial(
            image=_picture(model, mesh.panel_id),
            diffuse=_WHITE,
            ambient=_WHITE,
            specular=(0, 0, 0, 255),
            name=mesh.panel_id,
        )
        made = _mesh(mesh, material)
        made.metadata["name"] = mesh.panel_id
        scene.add_geometry(made, node_name=mesh.panel_id, geom_name=mesh.panel_id)
    text, files = export_obj(
        scene, include_normals=True, return_texture=True, mtl_name=materials, header=_GENERATOR
    )
    material_text = files.pop(materials).replace(b"map_Kd ", f"map_Kd {folder}/".encode())
    return text.encode("ascii"), material_text, files


def _mesh(mesh: PanelMesh, material: PBRMaterial | SimpleMaterial) -> trimesh.Trimesh:
    """The panel in metres, y up, its corners shared where position, normal and picture place are the same."""
    # x stays, z becomes y, and what was behind (+y) becomes -z: a quarter turn, no mirror.
    positions, normals = (rows[:, (0, 2, 1)] * (1, 1, -1) for rows in (mesh.positions * _MM, mesh.normals))
    corners = np.hstack([positions, normals, mesh.uvs]).round(9)
    unique, faces = np.unique(corners, axis=0, return_inverse=True)
    # trimesh counts v upwards and turns it round for glTF.
    visual = TextureVisuals(uv=unique[:, 6:] * (1, -1) + (0, 1), material=material)
    return trimesh.Trimesh(
        vertices=unique[:, :3],
        faces=faces.reshape(-1, 3),
        vertex_normals=unique[:, 3:6],
        visual=visual,
        process=False,
    )


def _picture(model: PackageModel, panel_id: str) -> Image.Image | None:
    """The panel's picture on white board, without transparency: viewers blend that in ways of their own."""
    png = model.textures.get(panel_id)
    if png is None:
        return None
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            picture = opened.convert("RGBA")
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error
    board = Image.new("RGBA", picture.size, _WHITE)
    return Image.alpha_composite(board, picture).convert("RGB")


def _scene_extras(model: PackageModel) -> dict[str, Any]:
    width, height, depth = model.dimensions.as_tuple()
    return {
        "package_type": model.package_type,
        "size_mm": {"width": width, "height": height, "depth": depth},
    }


def _mesh_extras(model: PackageModel, panel_id: str) -> dict[str, Any]:
    size = panel_sizes(model.package_type, model.dimensions)[panel_id]
    return {"panel_id": panel_id, "size_mm": {"width": size.width, "height": size.height}}


def _finish(tree: dict[str, Any]) -> None:
    """What trimesh leaves out: a material for each panel, and pictures that end at its edge."""
    tree["asset"]["generator"] = _GENERATOR
    shared, textures = tree["materials"], tree.get("textures", [])
    owned: list[dict[str, int]] = []
    tree["materials"] = []
    for index, mesh in enumerate(tree["meshes"]):
        primitive = mesh["primitives"][0]
        material = dict(shared[primitive["material"]], name=mesh["name"])
        colour = dict(material["pbrMetallicRoughness"])
        if "baseColorTexture" in colour:
            source = textures[colour["baseColorTexture"]["index"]]["source"]
            colour["baseColorTexture"] = {"index": len(owned)}
            owned.append({"source": source, "sampler": int(goes_around(mesh["name"]))})
        tree["materials"].append(material | {"pbrMetallicRoughness": colour})
        primitive["material"] = index
    if owned:
        tree["textures"] = owned
        tree["samplers"] = [_sampler(_CLAMP), _sampler(_REPEAT)]


def _sampler(sideways: int) -> dict[str, int]:
    return {"magFilter": _LINEAR, "minFilter": _MIPMAPPED, "wrapS": sideways, "wrapT": _CLAMP}
