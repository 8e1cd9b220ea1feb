"""Pictures on their way in, and those that are shown: what is read of them, and in which forms."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from support.odd_pictures import png

from packdesk.errors import BadPictureError, OutputUnwritableError, TextureUnavailableError
from packdesk.textures.disk import DiskCache
from packdesk.textures.encoding import encode_png, save_png
from packdesk.textures.images import decode_picture, kept_images, thumbnail_image
from packdesk.textures.incoming import IncomingPicture, name_in_address
from packdesk.textures.incoming_reading import read_incoming
from packdesk.textures.library import TextureLibrary
from packdesk.textures.reader import TextureReader
from packdesk.textures.thumbnails import make_thumbnail

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/a/b%20c.png?x=1", "b c.png"),
        ("https://example.org/", "example.org"),
        ("https://example.org", "example.org"),
        ("data:image/png;base64,AAAA", "png;base64,AAAA"),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_what_an_address_is_called(address: str, name: str) -> None:
    assert name_in_address(address) == name


@pytest.fixture
def reader(tmp_path: Path) -> TextureReader:
    return TextureReader(TextureLibrary(tmp_path / "library"), DiskCache(tmp_path / "cache", 10_000_000))


DATA = "data:image/png;base64,"


def in_address(data: bytes) -> str:

    return DATA + base64.b64encode(data).decode()


def test_a_file_comes_first_then_pixels_then_what_the_page_shows(
    reader: TextureReader, tmp_path: Path
) -> None:
    pictures = {
        name: png(colour=(shade,) * 3) for name, shade in (("a", 10), ("b", 20), ("c", 30), ("d", 40))
    }
    file = tmp_path / "a.png"
    file.write_bytes(pictures["a"])
    html = f'<p><img alt="x"><img src=" {in_address(pictures["c"])} "><img src="https://x.invalid/z.png">'
    whole = IncomingPicture("n", file, html, in_address(pictures["d"]), lambda: pictures["b"])
    order = [
        whole,
        IncomingPicture("n", None, whole.html, whole.address, whole.encode),
        IncomingPicture("n", None, whole.html, whole.address),
        IncomingPicture("n", None, "<b>no picture</b>", whole.address),
    ]
    for incoming, shade in zip(order, (10, 20, 30, 40), strict=True):
        with Image.open(io.BytesIO(read_incoming(incoming, reader).png)) as opened:
            assert opened.convert("L").getpixel((5, 5)) == shade
    assert IncomingPicture.of_file(file) == IncomingPicture("a.png", file)


@pytest.mark.parametrize(
    "address", ["", "ftp://example.org/a.png", "javascript:alert(1)", "file:///etc/passwd"]
)
def test_where_there_is_no_picture(reader: TextureReader, address: str) -> None:
    with pytest.raises(BadPictureError, match="no picture in what the browser gave"):
        read_incoming(IncomingPicture("n", address=address, html=f'<img src="{address}">'), reader)


def test_an_address_that_gives_nothing_has_a_remedy(reader: TextureReader) -> None:
    with pytest.raises(TextureUnavailableError) as caught:
        read_incoming(IncomingPicture("n", address="http://127.0.0.1:9/a.png"), reader)
    assert caught.value.remedy == "Save the picture in the browser, and drop the file."


def pixels_in(image: QImage) -> tuple[int, int]:
    return image.width(), image.height()


@pytest.mark.parametrize(
    ("most", "size"),
    [(None, (200, 100)), (20_000, (200, 100)), (19_999, (100, 50)), (1250, (50, 25)), (1, (1, 1))],
)
def test_a_picture_is_halved_until_it_is_small_enough(most: int | None, size: tuple[int, int]) -> None:
    for mode in ("RGB", "RGBA", "L", "P"):
        buffer = io.BytesIO()
        Image.new("RGB", (200, 100), (200, 30, 60)).convert(mode).save(buffer, "PNG")
        found = decode_picture(buffer.getvalue(), most)
        assert found.size == (200, 100)
        assert pixels_in(found.image) == pixels_in(found.pixmap) == size
        assert [pixels_in(level) for level in found.smaller] == list(map(pixels_in, found.image.levels))
        assert max(pixels_in(found.thumbnail)) <= 200
        red = found.pixmap.pixelColor(0, 0)
        grey = mode == "L"
        assert abs(red.red() - (88 if grey else 200)) <= 4


def test_a_picture_that_is_none_is_told() -> None:
    with pytest.raises(BadPictureError):
        decode_picture(b"\x89PNG")


def test_kept_pictures_are_small_and_those_that_are_none_are_missing(tmp_path: Path) -> None:
    image = QImage(640, 320, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    save_png(image, tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"no picture")
    found = kept_images({"a": tmp_path / "a.png", "b": tmp_path / "b.png", "c": tmp_path / "c.png"})
    assert {name: pixels_in(one) for name, one in found.items()} == {"a": (320, 160)}
    small = thumbnail_image(make_thumbnail((tmp_path / "a.png").read_bytes()))
    assert (pixels_in(small), small.format()) == ((192, 96), QImage.Format.Format_RGB32)
    assert thumbnail_image(b"none").isNull()


def test_how_hard_a_png_is_packed(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 4, (64, 64, 4), dtype=np.uint8) * 80
    image = QImage(noise.tobytes(), 64, 64, QImage.Format.Format_RGBA8888)
    assert len(encode_png(image, 0)) < len(encode_png(image, 100))
    assert encode_png(QImage()) == b""
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputUnwritableError):
        save_png(image, tmp_path / "file" / "a.png")
