"""Pictures of the package in the three kinds browsers show."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageCms
from PySide6.QtGui import QColor, QImage

from packdesk.errors import InvalidInputError, OutputUnwritableError
from packdesk.export.picture import check_picture_kind, write_picture

if TYPE_CHECKING:
    from pathlib import Path


def image(alpha: int = 255) -> QImage:
    kind = QImage.Format.Format_RGB32 if alpha == 255 else QImage.Format.Format_ARGB32
    made = QImage(40, 30, kind)
    made.fill(QColor(200, 100, 50, alpha))
    return made


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.png", "PNG"), ("a.PNG", "PNG"), ("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.webp", "WEBP")],
)
def test_the_ending_says_the_kind(name: str, kind: str, tmp_path: Path) -> None:
    write_picture(image(), tmp_path / name)
    with Image.open(tmp_path / name) as opened:
        assert (opened.format, opened.size, opened.mode) == (kind, (40, 30), "RGB")
        colour = opened.convert("RGB").getpixel((20, 15))
        profile = opened.info.get("icc_profile", b"")
    assert isinstance(colour, tuple)
    assert max(abs(one - other) for one, other in zip(colour, (200, 100, 50), strict=True)) <= 3
    if kind != "PNG":
        described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
        assert "sRGB" in described


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_what_is_see_through_stays_so(name: str, tmp_path: Path) -> None:
    write_picture(image(128), tmp_path / name)
    with Image.open(tmp_path / name) as opened:
        pixel = opened.convert("RGBA").getpixel((20, 15))
    assert isinstance(pixel, tuple)
    assert abs(pixel[3] - 128) <= 1


def test_colours_of_a_jpeg_are_not_halved(tmp_path: Path) -> None:
    write_picture(image(), tmp_path / "a.jpg")
    with Image.open(tmp_path / "a.jpg") as opened:
        assert [layer[1:3] for layer in opened.layer] == [(1, 1)] * 3  # type: ignore[attr-defined]  # of JPEG


@pytest.mark.parametrize(
    ("name", "transparent", "words"),
    [
        ("a.gif", False, "cannot be saved as “a.gif”"),
        ("a", True, "cannot be saved"),
        ("a.jpg", True, "cannot be transparent"),
        ("a.JPEG", True, "cannot be transparent"),
    ],
)
def test_what_is_no_picture(name: str, transparent: bool, words: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=words):
        check_picture_kind(tmp_path / name, transparent=transparent)
    with pytest.raises(InvalidInputError, match=words):
        write_picture(image(128 if transparent else 255), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_what_may_be_see_through() -> None:
    from pathlib import Path as AnyPath

    for name, transparent in (("a.jpg", False), ("a.png", True), ("a.webp", True), ("a.webp", False)):
        check_picture_kind(AnyPath(name), transparent=transparent)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputUnwritableError):
        write_picture(image(), tmp_path / "file" / "a.png")
