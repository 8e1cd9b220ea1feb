"""The same pixmap object while the URL is the same."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from support.providers import picture_bytes

from packdesk.textures.check import clean_picture
from packdesk.textures.images import THUMBNAIL_PX, DecodedPicture, decode_picture, encode_png
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
    assert len(pixmaps) == 1


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
