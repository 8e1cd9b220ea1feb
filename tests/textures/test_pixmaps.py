"""The same pixmap object while the URL is the same."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from support.providers import picture_bytes
from textures.test_opened import Counted

from packdesk.errors import BadPictureError
from packdesk.textures import images
from packdesk.textures.check import clean_picture
from packdesk.textures.encoding import encode_png
from packdesk.textures.images import THUMBNAIL_PX, DecodedPicture, decode_picture
from packdesk.textures.pixmaps import PixmapMap

pytestmark = pytest.mark.usefixtures("qapp")


def picture(seed: int, size: tuple[int, int] = (40, 60)) -> DecodedPicture:
    return decode_picture(clean_picture(picture_bytes(seed, size)).png)


def test_a_known_url_keeps_its_object() -> None:
    pixmaps = PixmapMap()
    first = pixmaps.put("front", "file:///a.png", picture(1))
    assert pixmaps.put("front", "file:///a.png", picture(2)) is first
    shown = pixmaps.get("front")
    assert shown
    assert shown.pixmap is first


def test_a_new_url_replaces_it() -> None:
    pixmaps = PixmapMap()
    first = pixmaps.put("front", "file:///a.png", picture(1))
    second = pixmaps.put("front", "file:///b.png", picture(2))
    assert second is not first
    assert second.toImage().pixelColor(5, 5) != first.toImage().pixelColor(5, 5)
    shown = pixmaps.get("front")
    assert shown
    assert shown.url == "file:///b.png"


def test_panels_that_are_gone_are_forgotten() -> None:
    pixmaps = PixmapMap()
    pixmaps.put("front", "a", picture(1))
    pixmaps.put("top", "b", picture(1))
    pixmaps.keep_only(["top"])
    assert pixmaps.get("front") is None
    assert len(pixmaps.images()) == 1


def test_thumbnails_keep_the_aspect() -> None:
    decoded = picture(1, (400, 600))
    assert (decoded.image.width(), decoded.image.height()) == (400, 600)
    assert decoded.thumbnail.height() == THUMBNAIL_PX
    assert abs(decoded.thumbnail.width() - THUMBNAIL_PX * 2 / 3) < 1


def test_smaller_copies_are_ready_and_never_too_small() -> None:
    shown = PixmapMap().put("front", "a", picture(1, (80, 41)))
    assert [(one.width(), one.height()) for one in shown.levels[:2]] == [(40, 20), (20, 10)]
    assert shown.for_size(200, 100) is shown
    assert shown.for_size(41, 20) is shown
    assert shown.for_size(40, 20) is shown.levels[0]
    assert shown.for_size(30, 15) is shown.levels[0]
    assert shown.for_size(0, 0).height() == 1


def test_smaller_copies_look_like_the_picture() -> None:
    green = QImage(9, 6, QImage.Format.Format_ARGB32)
    green.fill(QColor(10, 200, 30, 128))
    shown = PixmapMap().put("front", "a", decode_picture(encode_png(green)))
    for one in shown.levels:
        colour = one.toImage().pixelColor(0, 0)
        seen = colour.red(), colour.green(), colour.blue(), colour.alpha()
        assert seen == pytest.approx((10, 200, 30, 128), abs=2)


@pytest.mark.parametrize("size", [(200, 101), (97, 300)])
def test_a_large_picture_is_shown_by_a_level_of_its_chain(size: tuple[int, int]) -> None:
    png = clean_picture(picture_bytes(5, size)).png
    whole, copy = decode_picture(png), decode_picture(png, size[0] * size[1] // 10)
    assert copy.size == whole.size == size
    assert (whole.image.width(), whole.image.height()) == size
    assert QImage(copy.image) == QImage(whole.image.levels[1])
    assert copy.smaller == whole.smaller[2:]


def encoded(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def painted_of(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The bytes Qt paints: blue, green, red and opacity."""
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)


@pytest.mark.parametrize("channels", [3, 4])
def test_what_widgets_paint_is_the_picture_premultiplied(channels: int) -> None:
    """It is converted in strips of half a million pixels: here two, and one row."""
    pixels = np.random.default_rng(3).integers(0, 256, (1025, 1024, channels), dtype=np.uint8)
    shown = decode_picture(encoded(pixels)).pixmap
    found = painted_of(shown)
    assert shown.hasAlphaChannel() == (channels == 4)
    if channels == 3:
        assert (found[..., :3] == pixels[..., ::-1]).all()
        return
    opacity = pixels[..., 3:].astype(int)
    assert (found[..., 3:] == opacity).all()
    assert np.abs(found[..., :3] - pixels[..., 2::-1] * opacity / 255).max() <= 1


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((320, 80), (160, 40)),
        ((80, 320), (40, 160)),
        ((100, 50), (100, 50)),
        ((160, 161), (159, 160)),
        ((900, 2), (160, 1)),
    ],
)
def test_a_thumbnail_is_at_most_so_large_and_never_enlarged(
    size: tuple[int, int], small: tuple[int, int]
) -> None:
    pixels = np.full((size[1], size[0], 3), (10, 20, 200), np.uint8)
    thumbnail = decode_picture(encoded(pixels)).thumbnail
    assert (thumbnail.width(), thumbnail.height()) == small
    assert painted_of(thumbnail)[0, 0, :3].tolist() == [200, 20, 10]


@pytest.mark.parametrize(("most", "side"), [(None, 64), (4096, 64), (4095, 32), (1024, 32), (1023, 16)])
def test_a_picture_is_halved_until_it_is_small_enough(most: int | None, side: int) -> None:
    clear = np.zeros((64, 64, 4), np.uint8)
    clear[:, 32:] = (200, 40, 60, 255)
    found = decode_picture(encoded(clear), most)
    assert (found.image.width(), found.image.height(), found.size) == (side, side, (64, 64))
    right, left = (found.image.pixelColor(x, side // 2) for x in (side - 1, 0))
    assert (right.red(), right.alpha(), left.alpha()) == (200, 255, 0)


@pytest.mark.parametrize(("size", "times"), [((30, 20), 0), ((20, 30), 0), ((31, 20), 1), ((20, 31), 1)])
def test_large_pictures_are_shown_one_at_a_time(
    size: tuple[int, int], times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Counted()
    monkeypatch.setattr(images, "SCREEN_PIXELS", 600)
    monkeypatch.setattr(images, "large_picture", lock)
    assert picture(1, size).size == size
    assert lock.times == times
    with pytest.raises(BadPictureError):
        decode_picture(b"no picture")


def test_every_picture_of_the_map_is_given_out() -> None:
    pixmaps = PixmapMap()
    first = pixmaps.put("front", "a", picture(1), recut=True)
    assert pixmaps.pixmaps() == {"front": first}
    assert list(pixmaps.images()) == ["front"]
    shown = pixmaps.get("front")
    assert shown
    assert pixmaps.recut() == {"front"}
