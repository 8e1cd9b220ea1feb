"""Pictures of a design read together; what cannot be had is told by panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.errors import TextureUnavailableError
from packdesk.services.collecting import collect_artwork, facts_of
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from services.conftest import Desk

    from packdesk.services.pictures import PictureService


async def test_what_is_there_and_what_is_not(desk: Desk) -> None:
    await desk.pictures.put_picture("front", picture_bytes(1, (60, 90)), "a.png")
    state = await desk.pictures.put_picture("top", picture_bytes(2, (50, 50)), "b.png")
    gone = desk.library.file(hash_in_url(state.panel_textures["top"].texture_url) or "")
    assert gone is not None
    gone.unlink()
    for note in desk.library.folder.glob("*.json"):
        note.unlink()
    artwork = await collect_artwork(state, desk.pictures)
    assert set(artwork.pictures) == {"front"}
    assert isinstance(artwork.missing["top"], TextureUnavailableError)
    fonts, objects = await desk.sheets.loose_fonts(state), await desk.objects.facts(state, artwork.pictures)
    facts = facts_of(artwork, fonts, objects)
    assert facts["top"].problem == artwork.missing["top"].full_text()
    assert facts["front"].problem is None
    assert (facts["front"].width, facts["front"].height) == (60, 90)


async def test_a_fault_of_ours_is_none_of_the_pictures(desk: Desk) -> None:
    class Broken:
        async def read_picture(self, _url: str) -> bytes:
            raise RuntimeError("ours")

    state = await desk.pictures.put_picture("front", picture_bytes(1, (60, 90)), "a.png")
    service: PictureService = Broken()  # type: ignore[assignment]  # it reads, that is all
    with pytest.raises(RuntimeError, match="ours"):
        await collect_artwork(state, service)
