"""Small copies for lists."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from packdesk.errors import BadPictureError
from packdesk.textures import thumbnails
from packdesk.textures.thumbnails import ThumbnailCache, make_thumbnail

if TYPE_CHECKING:
    from pathlib import Path


def png(size: tuple[int, int], colour: tuple[int, ...], mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("most", [thumbnails._LARGE_PIXELS, 1000])
def test_the_longer_side_is_cut_down(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails, "_LARGE_PIXELS", most)
    for size, small in (((400, 200), (192, 96)), ((200, 400), (96, 192)), ((50, 20), (50, 20))):
        with Image.open(io.BytesIO(make_thumbnail(png(size, (200, 30, 30))))) as made:
            assert (made.format, made.size, made.mode) == ("JPEG", small, "RGB")


def test_see_through_artwork_lies_on_plain_board() -> None:
    with Image.open(io.BytesIO(make_thumbnail(png((64, 64), (255, 0, 0, 0), "RGBA")))) as made:
        colour = made.getpixel((32, 32))
    assert isinstance(colour, tuple)
    assert all(abs(one - other) <= 2 for one, other in zip(colour, (0xF0, 0xED, 0xE8), strict=True))


def test_what_is_damaged_is_told() -> None:
    with pytest.raises(BadPictureError):
        make_thumbnail(b"\x89PNG\r\n")


def test_those_made_first_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails, "MOST", 2)
    cache = ThumbnailCache(tmp_path / "thumbnails.sqlite3")
    for name in "abc":
        cache.put(name, name.encode())
    assert [cache.get(name) for name in "abcd"] == [None, b"b", b"c", None]
    cache.put("b", b"new")
    cache.put("d", b"d")
    assert [cache.get(name) for name in "abcd"] == [None, b"new", None, b"d"]
    cache.close()
    assert ThumbnailCache(tmp_path / "thumbnails.sqlite3").get("d") == b"d"
