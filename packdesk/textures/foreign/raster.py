"""TIFF, AVIF, Photoshop documents and HEIC, by Pillow. In the decoding process only."""

from __future__ import annotations

import importlib
import io
from functools import partial
from typing import TYPE_CHECKING

from PIL import Image, TiffImagePlugin, UnidentifiedImageError

from packdesk.textures.foreign import deep_psd, limits
from packdesk.textures.foreign.answer import MODES, Told
from packdesk.textures.foreign.worker import Decoded, FaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.textures.foreign.worker import Wanted

_PLUGINS = {"TIFF": "TIFF", "AVIF": "AVIF", "PSD": "PSD", "HEIC": "HEIF"}
_VERSION_INFO, _RESOLUTION = 1057, 1005  # Adobe Photoshop file formats specification, image resources
_NO_DPI = 1.0
"""What Pillow tells of a TIFF that says none."""
_DESCRIPTION, _MOST_NOTE = 270, 2000  # TIFF 6.0, ImageDescription
_CODE_POINTS = b"colrnclx"  # ISO/IEC 14496-12, 12.1.5
_DEEPEST = b"\0\x20"  # bits of a channel in a PSD, which nobody here reads
_WIDE = {"I", "I;16", "I;16B", "I;16L", "I;16N"}


def decoder(kind: str) -> Callable[[bytes, Wanted], Decoded]:
    """What decodes files of a kind; the library is loaded now.

    Raises:
        ImportError: it is not installed.
    """
    Image.preinit()
    plugin = _PLUGINS[kind]
    if kind == "HEIC":
        importlib.import_module("pi_heif").register_heif_opener()
    else:
        importlib.import_module(f"PIL.{plugin.title()}ImagePlugin")
    return partial(_decode, kind=kind)


def _decode(data: bytes, wanted: Wanted, *, kind: str) -> Decoded:
    limits.limit(wanted.seconds)
    Image.MAX_IMAGE_PIXELS = None  # we ask ourselves
    if kind == "PSD" and deep_psd.is_deep(data):
        if not wanted.allows(*deep_psd.size_of(data)):
            return Decoded(deep_psd.size_of(data))
        data = deep_psd.with_eight_bits(data)
    try:
        picture = Image.open(io.BytesIO(data), formats=[_PLUGINS[kind]])
    except UnidentifiedImageError:
        raise FaultError("pixels" if _has_other_pixels(data, kind) else "damaged") from None
    if not wanted.allows(*picture.size):
        return Decoded(picture.size)
    if kind == "AVIF" and getattr(picture, "n_frames", 1) > 1:
        raise FaultError("animated")
    if kind == "PSD" and not _has_composite(picture):
        raise FaultError("flat")
    profile, exif = picture.info.get("icc_profile") or b"", picture.info.get("exif") or b""
    picture.load()
    points = _code_points(data) if kind in {"AVIF", "HEIC"} and not profile else None
    camera = exif if kind == "AVIF" and isinstance(exif, bytes) else b""  # the others are upright by now
    return Decoded(picture.size, _plain(picture), profile, camera, points, _told(picture))


def _told(picture: Image.Image) -> Told:
    """Size in print and description, of a TIFF or a Photoshop document."""
    note = ""
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        note = str(picture.tag_v2.get(_DESCRIPTION, ""))[:_MOST_NOTE]
    dpi = picture.info.get("dpi") or _photoshop_dpi(picture)
    if dpi is None or not all(_NO_DPI < float(value) < 1e6 for value in dpi):
        return Told(note=note)
    width, height = (25.4 * side / float(value) for side, value in zip(picture.size, dpi, strict=True))
    return Told((width, height), note=note)


def _photoshop_dpi(picture: Image.Image) -> tuple[float, float] | None:
    """ResolutionInfo: pixels per inch as 16.16 fixed point numbers."""
    for number, _, content in getattr(picture, "resources", ()):
        if number == _RESOLUTION and len(content) >= 12:
            return int.from_bytes(content[:4], "big") / 65536, int.from_bytes(content[8:12], "big") / 65536
    return None


def _has_other_pixels(data: bytes, kind: str) -> bool:
    """Whether a file that was not taken is sound but of samples Pillow does not read."""
    if kind == "PSD":
        return data[22:24] == _DEEPEST
    if kind != "TIFF":
        return False
    try:
        TiffImagePlugin.TiffImageFile(io.BytesIO(data))
    except SyntaxError as error:
        return "unknown pixel mode" in str(error)
    return False


def _has_composite(picture: Image.Image) -> bool:
    """Photoshop notes whether it wrote the flattened picture ("maximize compatibility")."""
    for number, _, content in getattr(picture, "resources", ()):
        if number == _VERSION_INFO and len(content) > 4:
            return bool(content[4])
    return True


def _plain(picture: Image.Image) -> Image.Image:
    """In one of the modes of `answer.MODES`."""
    if picture.mode in MODES:
        return picture.convert("RGBA") if "transparency" in picture.info else picture
    if picture.mode in _WIDE:
        return picture.convert("I").point(lambda value: value / 257).convert("L")
    if picture.mode in {"P", "PA"}:
        clear = picture.mode == "PA" or "transparency" in picture.info
        return picture.convert("RGBA" if clear else "RGB")
    target = {"1": "L", "YCbCr": "RGB", "RGBX": "RGB", "RGBa": "RGBA", "La": "LA"}.get(picture.mode)
    if target is None:
        raise FaultError("pixels")
    return picture.convert(target)


def _code_points(data: bytes) -> tuple[int, int] | None:
    at = data.find(_CODE_POINTS)
    if at < 0 or at + 12 > len(data):
        return None
    start = at + len(_CODE_POINTS)
    return int.from_bytes(data[start : start + 2], "big"), int.from_bytes(data[start + 2 : start + 4], "big")
