"""Importing a picture, and the machine that random use of the services drives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.errors import BadPictureError, InvalidInputError
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from services.conftest import Desk


async def test_an_import_lands_on_its_panel_and_in_the_library(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mein Bild.jpg"
    file.write_bytes(picture_bytes(1, kind="JPEG"))
    state = await desk.pictures.import_picture("front", file)
    texture = state.panel_textures["front"]
    assert texture.prompt == "Imported from mein Bild.jpg"
    assert texture.dimensions.width == 100
    assert await desk.pictures.read_picture(texture.texture_url) == clean_picture(file.read_bytes()).png


async def test_bad_files_change_nothing(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "notes.png"
    text.write_text("no picture")
    os.mkfifo(tmp_path / "pipe.png")
    for file in (text, tmp_path / "missing.png", tmp_path, Path("/dev/zero"), tmp_path / "pipe.png"):
        with pytest.raises(BadPictureError) as caught:
            await desk.pictures.import_picture("front", file)
        assert caught.value.remedy
    with pytest.raises(InvalidInputError):
        await desk.pictures.import_picture("body", text)
    assert desk.store.load() is None
