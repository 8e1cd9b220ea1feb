"""A GLB file while things are added to it. Format: glTF 2.0, the Khronos Group (ISO/IEC 12113:2022)."""

from __future__ import annotations

import io
import json
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image

from packdesk import __version__
from packdesk.errors import BadPictureError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from packdesk.domain.geometry import FloatArray

    Single = npt.NDArray[np.float32]
    Indices = npt.NDArray[np.uint32]

GENERATOR = f"packdesk {__version__}"
METRES = 0.001
"""A millimetre in glTF's unit."""
CLAMP, REPEAT = 0, 1
"""Samplers: what a picture shows beyond its left and right edges."""
_VERTICES, _INDICES = 34962, 34963
_FLOAT, _UNSIGNED = 5126, 5125  # OpenGL's numbers, which glTF uses
_LINEAR, _MIPMAPPED, _CLAMPED, _REPEATED = 9729, 9987, 33071, 10497
_FAST = 3
_KINDS = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4"}


class Corners(NamedTuple):
    """A surface in metres, y up; what is the same in place, normal and picture place is one corner.

    Attributes:
        positions: (n, 3).
        normals: (n, 3).
        uvs: (n, 2), v downwards.
        faces: (m, 3) indices, counter-clockwise seen from outside.
    """

    positions: Single
    normals: Single
    uvs: Single
    faces: Indices

    @classmethod
    def of(cls, positions: FloatArray, normals: FloatArray, uvs: FloatArray) -> Corners:
        """The corners of triangles, and how they are joined.

        Args:
            positions: (3 n, 3) vertices in package space, millimetres.
            normals: (3 n, 3) unit normals.
            uvs: (3 n, 2) places in the picture, v downwards.
        """
        turned = [y_up(rows) for rows in (positions * METRES, normals)]
        rows = np.hstack([*turned, uvs]).round(9)
        unique, faces = np.unique(rows, axis=0, return_inverse=True)
        single = (unique + 0.0).astype(np.float32)  # no -0
        return cls(single[:, :3], single[:, 3:6], single[:, 6:], faces.reshape(-1, 3).astype(np.uint32))


def y_up(rows: FloatArray) -> FloatArray:
    """(n, 3) directions or places of package space as glTF has them."""
    # x stays, z becomes y, and what was behind (+y) becomes -z: a quarter turn, no mirror.
    turned: FloatArray = rows[:, (0, 2, 1)] * (1, 1, -1)
    return turned


class Glb:
    """Lists of nodes, meshes, materials and so on, and the bytes they point into."""

    def __init__(self) -> None:
        self._binary = bytearray()
        self._lists: dict[str, list[dict[str, Any]]] = {}
        self._pictures: dict[bytes, int] = {}
        self._extensions: set[str] = set()

    def add(self, name: str, item: Mapping[str, Any]) -> int:
        """Add to a list, such as `nodes`; returns the number it has there."""
        items = self._lists.setdefault(name, [])
        items.append(dict(item))
        return len(items) - 1

    def uses(self, *extensions: str) -> None:
        """Name extensions whose words are used."""
        self._extensions.update(extensions)

    def primitive(self, corners: Corners) -> dict[str, Any]:
        """A surface for a mesh; its material is to be added."""
        attributes = {
            "POSITION": self.accessor(corners.positions),
            "NORMAL": self.accessor(corners.normals),
            "TEXCOORD_0": self.accessor(corners.uvs),
        }
        indices = self.accessor(corners.faces.reshape(-1, 1))
        return {"attributes": attributes, "indices": indices}

    def accessor(self, rows: Single | Indices) -> int:
        """Rows of one to four numbers."""
        vertices = rows.dtype == np.float32
        accessor = {
            "bufferView": self._view(rows.tobytes(), _VERTICES if vertices else _INDICES),
            "componentType": _FLOAT if vertices else _UNSIGNED,
            "count": len(rows),
            "type": _KINDS[rows.shape[1]],
            "min": rows.min(axis=0).tolist(),
            "max": rows.max(axis=0).tolist(),
        }
        return self.add("accessors", accessor)

    def texture(self, picture: bytes, media: str, sampler: int, name: str = "") -> int:
        """A picture as a texture; one that is there already is not held twice.

        Args:
            picture: its file.
            media: its media type; WebP needs an extension, which is named.
            sampler: `CLAMP` or `REPEAT`.
            name: what programs call it.
        """
        if picture not in self._pictures:
            view = self._view(picture)
            named = {"name": name} if name else {}
            self._pictures[picture] = self.add("images", {**named, "bufferView": view, "mimeType": media})
        source = {"source": self._pictures[picture]}
        if media != "image/webp":
            return self.add("textures", {**source, "sampler": sampler})
        self.uses("EXT_texture_webp")
        return self.add("textures", {"sampler": sampler, "extensions": {"EXT_texture_webp": source}})

    def packed(self, nodes: list[int], extras: Mapping[str, Any]) -> bytes:
        """The whole file: a header, then the JSON and the binary chunk, each filled up to four bytes.

        Args:
            nodes: those the scene consists of.
            extras: of the scene.
        """
        used = {"extensionsUsed": sorted(self._extensions)} if self._extensions else {}
        tree = {
            "asset": {"version": "2.0", "generator": GENERATOR},
            **used,
            "scene": 0,
            "scenes": [{"nodes": nodes, "extras": dict(extras)}],
            "buffers": [{"byteLength": len(self._binary)}],
            **({"samplers": [_sampler(_CLAMPED), _sampler(_REPEATED)]} if self._pictures else {}),
            **self._lists,
        }
        text = json.dumps(tree).encode()
        chunks = ((b"JSON", text + b" " * (-len(text) % 4)), (b"BIN\0", bytes(self._binary)))
        body = b"".join(struct.pack("<L4s", len(data), kind) + data for kind, data in chunks)
        return struct.pack("<4sLL", b"glTF", 2, 12 + len(body)) + body

    def _view(self, data: bytes, target: int | None = None) -> int:
        start = len(self._binary)
        self._binary += data + bytes(-len(data) % 4)
        meant = {} if target is None else {"target": target}
        return self.add("bufferViews", {"buffer": 0, "byteOffset": start, "byteLength": len(data), **meant})


def on_board(png: bytes) -> Image.Image:
    """The picture on white board, RGB: viewers blend transparency in ways of their own.

    Raises:
        BadPictureError: it cannot be decoded.
    """
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if opened.mode == "RGB" and "transparency" not in opened.info:
                opened.load()
                return opened
            picture = opened.convert("RGBA")
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error
    board = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(board, picture).convert("RGB")


def board_png(png: bytes) -> bytes:
    """As `on_board`, as PNG; what covers the board anyway stays byte for byte as it is.

    Raises:
        BadPictureError: it cannot be decoded.
    """
    if _covers(png):
        return png
    written = io.BytesIO()
    on_board(png).save(written, "PNG", compress_level=_FAST)
    return written.getvalue()


def _covers(png: bytes) -> bool:
    """Whether no pixel is transparent; of most pictures the header tells."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if "transparency" in opened.info:
                return False
            return opened.mode != "RGBA" or opened.getchannel("A").getextrema() == (255, 255)
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error


def _sampler(sideways: int) -> dict[str, int]:
    return {"magFilter": _LINEAR, "minFilter": _MIPMAPPED, "wrapS": sideways, "wrapT": _CLAMPED}
