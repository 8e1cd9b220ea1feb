from __future__ import annotations

import io

from PIL import Image

from packdesk.app.checkup.pictures import card


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def test_what_artwork_takes_is_told() -> None:
    assert card({}).text.startswith("the pictures take 0.0 of 512 MB")
    found = card({"front": png(1024, 1024), "back": png(1024, 512)})
    assert (found.verdict, found.text) == (
        "ok",
        "the pictures take 8.0 of 512 MB that artwork may have in a 3D view",
    )


def test_pictures_that_are_shown_smaller_are_named() -> None:
    found = card({"body": png(8192, 8192), "top": png(8192, 8192), "bottom": png(64, 64)})
    assert found.verdict == "note"
    assert "smaller there: top at 1/2 of its resolution" in found.text
    assert found.remedy
