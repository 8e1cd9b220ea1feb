"""Whatever its file says of its colours, a picture comes in as LittleCMS would show it."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Name
from PIL import Image, ImageCms
from support.foreign_files import psd_planes
from support.odd_pictures import chunk, raw_png
from support.profiles import D50, D65, ink_profile, matrix_profile

from packdesk.assets import asset_path
from packdesk.domain.colour import srgb_light
from packdesk.textures.check import clean_artwork, clean_picture
from packdesk.textures.exif import is_adobe_rgb
from packdesk.textures.profiles import PLAIN_CMYK

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.textures.check import CleanPicture

PATCHES = np.array(
    [(200, 30, 30), (30, 160, 60), (20, 40, 200), (128, 128, 128), (240, 200, 90), (6, 2, 4)], np.uint8
)
INKS = np.array(
    [
        (0, 230, 220, 10),
        (180, 10, 200, 0),
        (220, 180, 0, 20),
        (0, 0, 0, 128),
        (10, 40, 180, 0),
        (90, 90, 90, 60),
    ],
    np.uint8,
)
P3 = ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06))
SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
ADOBE = matrix_profile("Adobe RGB (1998)", ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), 563 / 256, D65)
PROPHOTO = matrix_profile(
    "ProPhoto RGB", ((0.734699, 0.265301), (0.159597, 0.840403), (0.036598, 0.000105)), 1.8, D50
)
DISPLAY_P3 = matrix_profile("Display P3", P3, None, D65)
LINEAR = matrix_profile("scRGB", SRGB, 1.0, D65)
OLD_MAC = matrix_profile("Gamma 1.8", SRGB, 1.8, D65)
CMYK = asset_path("colour", "CGATS001Compat-v2-micro.icc").read_bytes()
OTHER_CMYK = ink_profile("Other inks")
R03 = bytes.fromhex(
    "49492a000800000001006987040001000000"
    "1a00000000000000"
    "020001a0030001000000ffff000005a00400010000003800000000000000"
    "010001000200040000005230330000000000"
)
"""Exif of a camera: uncalibrated, and its interoperability says R03."""
SAYS_ADOBE = bytes.fromhex(
    "49492a0008000000010069870400010000001a00000000000000010001a00300010000000200000000000000"
)


EXACT: dict[str, dict[str, Any]] = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}


def squares(colours: np.ndarray) -> np.ndarray:
    tall: np.ndarray = np.repeat(np.repeat(colours[None], 16, axis=0), 16, axis=1)
    return tall


def saved(kind: str, colours: np.ndarray = PATCHES, /, **words: Any) -> bytes:
    buffer = io.BytesIO()
    mode = "CMYK" if colours.shape[-1] == 4 else "RGB"
    exact = EXACT.get(kind, {})
    Image.fromarray(squares(colours), mode).save(buffer, kind, **exact, **words)
    return buffer.getvalue()


def sixteen(*notes: bytes) -> bytes:
    samples = (squares(PATCHES).astype(np.uint16) * 257).astype(">u2")
    return raw_png(samples.view(np.uint8).reshape(16, -1), 16, 2, *notes)


def by_littlecms(profile: bytes, colours: np.ndarray) -> np.ndarray:
    inks = colours.shape[-1] == 4
    intent = ImageCms.Intent.PERCEPTUAL if inks else ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.NONE if inks else ImageCms.Flags.BLACKPOINTCOMPENSATION
    shown = ImageCms.profileToProfile(
        Image.fromarray(colours[None], "CMYK" if inks else "RGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        renderingIntent=intent,
        outputMode="RGB",
        flags=flags,
    )
    assert shown is not None
    rows: np.ndarray = np.asarray(shown)[0]
    return rows


def lab(colours: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    share = srgb_light(colours / 255) @ to_xyz.T / (to_xyz @ np.ones(3))
    root: np.ndarray = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    stacked: np.ndarray = np.stack(
        [116 * root[:, 1] - 16, 500 * (root[:, 0] - root[:, 1]), 200 * (root[:, 1] - root[:, 2])], axis=1
    )
    return stacked


def middles(picture: CleanPicture) -> np.ndarray:
    with Image.open(io.BytesIO(picture.png)) as shown:
        step = shown.width / len(PATCHES)
        places = [int(step * (number + 0.5)) for number in range(len(PATCHES))]
        return np.asarray(shown.convert("RGB"))[shown.height // 2, places]


def avif_of() -> bytes:
    return saved("AVIF", quality=100, subsampling="4:4:4", icc_profile=ADOBE)


def by_decoder(data: bytes) -> np.ndarray:
    """The colours a file holds: luma and chroma in whole codes, as of AVIF, are up to 1.3 beside them."""
    with Image.open(io.BytesIO(data)) as picture:
        return np.asarray(picture.convert("RGB"))[8, 8::16]


def psd_of(colours: np.ndarray, depth: int, profile: bytes = b"", *, packed: bool = False) -> bytes:
    inks = colours.shape[-1] == 4
    planes = np.moveaxis(squares(255 - colours if inks else colours), -1, 0)
    return psd_planes(planes, 4 if inks else 3, depth, profile, packed=packed)


def pdf_of(colours: np.ndarray, profile: bytes = b"", *, pixels: bool = False, intent: bytes = b"") -> bytes:
    """A page with a square of each colour, painted or as a picture."""
    inks = colours.shape[-1] == 4
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(600, 100))
    space: Any = Name.DeviceCMYK
    if profile:
        space = pikepdf.Array([Name.ICCBased, document.make_stream(profile, N=4 if inks else 3)])
    painted = "".join(
        f"/C cs {shares} sc {at}00 0 100 100 re f " if profile else f"{shares} k {at}00 0 100 100 re f "
        for at, colour in enumerate(colours)
        for shares in [" ".join(f"{sample / 255:.4f}" for sample in colour)]
    )
    page.Resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(C=space))
    if pixels:
        painted = "600 0 0 100 0 0 cm /I Do"
        sides: dict[str, Any] = {"Width": 16 * len(colours), "Height": 16, "BitsPerComponent": 8}
        shown = document.make_stream(
            squares(colours).tobytes(), Subtype=Name.Image, ColorSpace=space, **sides
        )
        page.Resources.XObject = pikepdf.Dictionary(I=shown)
    page.Contents = document.make_stream(painted.encode())
    if intent:
        told = document.make_stream(intent, N=4)
        document.Root.OutputIntents = pikepdf.Array([pikepdf.Dictionary(DestOutputProfile=told)])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def gamma(value: float) -> bytes:
    return chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


KINDS: dict[str, tuple[Callable[[], bytes], bytes, np.ndarray, str]] = {
    "Adobe RGB, PNG": (lambda: saved("PNG", icc_profile=ADOBE), ADOBE, PATCHES, "Adobe RGB (1998)"),
    "Adobe RGB, WebP": (lambda: saved("WEBP", icc_profile=ADOBE), ADOBE, PATCHES, "Adobe RGB (1998)"),
    "Adobe RGB, camera": (lambda: saved("PNG", exif=SAYS_ADOBE), ADOBE, PATCHES, "Adobe RGB"),
    "Adobe RGB, R03": (lambda: saved("PNG", exif=R03), ADOBE, PATCHES, "Adobe RGB"),
    "ProPhoto": (lambda: saved("PNG", icc_profile=PROPHOTO), PROPHOTO, PATCHES, "ProPhoto RGB"),
    "ProPhoto, 16 bit": (lambda: sixteen(packed(PROPHOTO)), PROPHOTO, PATCHES, "ProPhoto RGB"),
    "P3, ICC": (lambda: saved("PNG", icc_profile=DISPLAY_P3), DISPLAY_P3, PATCHES, "Display P3"),
    "P3, cICP": (lambda: raw_rgb(chunk(b"cICP", b"\x0c\x0d\0\1")), DISPLAY_P3, PATCHES, "Display P3"),
    "scRGB, ICC": (lambda: saved("PNG", icc_profile=LINEAR), LINEAR, PATCHES, "scRGB"),
    "scRGB, cICP, 16 bit": (
        lambda: sixteen(chunk(b"cICP", b"\x01\x08\0\1")),
        LINEAR,
        PATCHES,
        "RGB, linear",
    ),
    "gamma only": (lambda: raw_rgb(gamma(1 / 1.8)), OLD_MAC, PATCHES, "RGB, gamma 1.8"),
    "CMYK, JPEG": (lambda: saved("JPEG", INKS, icc_profile=CMYK), CMYK, INKS, "uCMY"),
    "CMYK without profile, JPEG": (lambda: saved("JPEG", INKS), CMYK, INKS, PLAIN_CMYK),
    "Adobe RGB, TIFF": (lambda: saved("TIFF", icc_profile=ADOBE), ADOBE, PATCHES, "Adobe RGB (1998)"),
    "CMYK, TIFF": (lambda: saved("TIFF", INKS, icc_profile=CMYK), CMYK, INKS, "uCMY"),
    "CMYK without profile, TIFF": (lambda: saved("TIFF", INKS), CMYK, INKS, PLAIN_CMYK),
    "CMYK, PSD": (lambda: psd_of(INKS, 8, CMYK), CMYK, INKS, "uCMY"),
    "CMYK without profile, PSD": (lambda: psd_of(INKS, 8), CMYK, INKS, PLAIN_CMYK),
    "Adobe RGB, 16 bit, PSD": (lambda: psd_of(PATCHES, 16, ADOBE), ADOBE, PATCHES, "Adobe RGB (1998)"),
    "CMYK, 16 bit, packed, PSD": (lambda: psd_of(INKS, 16, CMYK, packed=True), CMYK, INKS, "uCMY"),
    "Adobe RGB, PDF": (lambda: pdf_of(PATCHES, ADOBE), ADOBE, PATCHES, ""),
    "Adobe RGB, picture in a PDF": (lambda: pdf_of(PATCHES, ADOBE, pixels=True), ADOBE, PATCHES, ""),
    "CMYK, PDF": (lambda: pdf_of(INKS, CMYK), CMYK, INKS, ""),
    "CMYK, picture in a PDF": (lambda: pdf_of(INKS, CMYK, pixels=True), CMYK, INKS, ""),
    "CMYK without profile, PDF": (lambda: pdf_of(INKS), CMYK, INKS, ""),
    "CMYK without profile, picture in a PDF": (lambda: pdf_of(INKS, pixels=True), CMYK, INKS, ""),
    "CMYK by a PDF's output intent": (lambda: pdf_of(INKS, intent=OTHER_CMYK), OTHER_CMYK, INKS, ""),
    "Adobe RGB, AVIF": (avif_of, ADOBE, by_decoder(avif_of()), "Adobe RGB (1998)"),
}
"""By name: a file, the profile of its colours, its colours, and what is said of them."""


def worst(kind: str) -> float:
    """How far the worst patch is from LittleCMS's own result, CIE 1976."""
    make, profile, colours, _ = KINDS[kind]
    shown = lab(middles(clean_artwork(make())))
    return float(np.linalg.norm(shown - lab(by_littlecms(profile, colours)), axis=1).max())


def raw_rgb(*notes: bytes) -> bytes:
    return raw_png(squares(PATCHES).reshape(16, -1), 8, 2, *notes)


@pytest.mark.parametrize("kind", KINDS)
def test_colours_come_in_as_littlecms_shows_them(kind: str) -> None:
    assert worst(kind) <= 1
    make, _, _, name = KINDS[kind]
    assert clean_artwork(make()).came_in == name


def test_srgb_is_left_alone_and_said_nothing_of() -> None:
    for profile in (None, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()):
        picture = clean_picture(saved("PNG", icc_profile=profile))
        assert (middles(picture) == PATCHES).all()
        assert not picture.came_in


@pytest.mark.parametrize("profile", [LINEAR, None])
def test_shadows_of_sixteen_bits_stay_apart(profile: bytes | None) -> None:
    """In linear light the first two codes of 8 bits are 13 levels of grey apart."""
    ramp = np.arange(0, 512, 8, dtype=">u2")[None, :, None].repeat(16, 0).repeat(3, 2)
    notes = [chunk(b"cICP", b"\x01\x08\0\1")] if profile is None else [packed(profile)]
    picture = clean_picture(raw_png(np.ascontiguousarray(ramp).view(np.uint8).reshape(16, -1), 16, 2, *notes))
    with Image.open(io.BytesIO(picture.png)) as shown:
        row = np.asarray(shown)[0, :, 0].astype(int)
    assert len(set(row.tolist())) > 20
    wanted = np.where(
        (light := np.arange(0, 512, 8) / 65535) > 0.0031308, 1.055 * light ** (1 / 2.4) - 0.055, 12.92 * light
    )
    assert np.abs(row - wanted * 255).max() <= 1.2


def packed(profile: bytes) -> bytes:
    return chunk(b"iCCP", b"p\0\0" + zlib.compress(profile))


@pytest.mark.parametrize("cut", range(0, len(R03) - 4, 7))
def test_camera_data_that_is_cut_says_nothing(cut: int) -> None:
    assert not is_adobe_rgb(R03[:cut])
