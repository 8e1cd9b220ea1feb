"""Our own pictures are known in each form in which they stand in a shared design."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes
from support.tidying import tidying_over

from packdesk.domain import transitions
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import utc_text
from packdesk.services.pictures import PictureService
from packdesk.services.shared_state import SharedState
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.addresses import TextureAddresses, TextureForm
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import PNG_DATA, TextureLibrary, hash_in_url, hashes_in
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from pathlib import Path

BASE = "http://127.0.0.1:8000"
BEGIN = {"file": "file:///", "http": f"{BASE}/packaging/textures/", "data": PNG_DATA}
FORMS: list[TextureForm] = ["file", "http", "data"]


class Desk:
    """One packdesk that writes addresses in a form."""

    def __init__(self, folder: Path, store: SqliteStore, form: TextureForm) -> None:
        self.library = TextureLibrary(folder / "library")
        self.reader = TextureReader(self.library, DiskCache(folder / "cache", 10_000_000))
        self.shared = SharedState(store, None, TextureAddresses(self.library, form, BASE))
        self.tidying = tidying_over(store, self.library, folder / "data")
        self.pictures = PictureService(self.shared, self.library, self.reader, 60, self.tidying)

    async def url(self) -> str:
        return (await self.shared.load()).panel_textures["front"].texture_url

    async def resize(self, width: float) -> None:
        edit = SizeEdit("box", Dimensions(width=width, height=150, depth=100))
        await self.shared.commit(lambda state: transitions.resize(state, edit, utc_text()))


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "store.sqlite3")


@pytest.mark.parametrize("theirs", FORMS)
@pytest.mark.parametrize("form", FORMS)
async def test_read_cut_and_tidied_in_each_form(
    tmp_path: Path, store: SqliteStore, form: TextureForm, theirs: TextureForm
) -> None:
    """What one packdesk writes in a form, another one that writes another form works on."""
    desk = Desk(tmp_path, store, form)
    await desk.pictures.put_picture("front", picture_bytes(1, (420, 450)), "leaf.png")
    url = await desk.url()
    assert url.startswith(BEGIN[form])
    shown = desk.library.read(hash_in_url(url) or "")
    assert desk.reader.read(url) == shown
    assert await desk.pictures.kept_here({"front": url}) == {"front": hash_in_url(url)}
    assert await desk.pictures.has_original(url)
    assert hashes_in(store.load() or b"") == {hash_in_url(url)}
    await desk.tidying.aclose()  # what it has just made is no longer held
    await desk.tidying.tidy()
    assert desk.library.has(hash_in_url(url) or ""), "it is in use"
    other = Desk(tmp_path, store, theirs)
    await other.resize(140)
    await other.pictures.refit()
    cut = await other.url()
    assert cut.startswith(BEGIN[theirs])
    assert hash_in_url(cut) != hash_in_url(url), "cut anew"
    await other.pictures.turn("front")
    await other.tidying.aclose()
    await other.tidying.tidy()
    assert not other.library.has(hash_in_url(url) or ""), "the former cut went"
    assert desk.reader.read(await other.url())


async def test_a_foreign_picture_stays_as_it_is(tmp_path: Path, store: SqliteStore) -> None:
    desk = Desk(tmp_path, store, "http")
    await desk.pictures.put_picture("front", picture_bytes(1, (420, 450)), "leaf.png")
    document = json.loads(store.load() or b"")
    theirs = TextureAddresses(TextureLibrary(tmp_path / "theirs"), "data", BASE)
    for url in ("file:///theirs/art.png", f"file:///gone/{'a' * 64}.png", "data:image/jpeg;base64,AAAA"):
        document["panel_textures"]["front"]["texture_url"] = url
        state = (await desk.shared.load()).model_validate(document)
        assert theirs.written(state) is state


def test_a_picture_that_is_not_here_is_read_out_of_its_own_address(tmp_path: Path) -> None:
    near, far = TextureLibrary(tmp_path / "near"), TextureLibrary(tmp_path / "far")
    reader = TextureReader(far, DiskCache(tmp_path / "cache", 10_000_000))
    from packdesk.textures.check import clean_picture

    picture = clean_picture(picture_bytes(3))
    sha256 = hash_in_url(near.add(picture))
    inside = TextureAddresses(near, "data", BASE)._written(near.find(picture.sha256) or "")
    assert hash_in_url(inside) == sha256
    assert reader.read(inside) == picture.png
    assert hashes_in(json.dumps({"a": inside}).encode().replace(b"/", rb"\/")) == {sha256}
