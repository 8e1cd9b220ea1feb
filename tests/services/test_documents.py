"""Designs as other programs keep them are opened as ours, and stay as they are."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from support.providers import picture_bytes
from support.writing import put

from packdesk.domain.wire import decode_state
from packdesk.errors import (
    BundleError,
    ForeignDocumentError,
    InvalidInputError,
    NotPossibleError,
    OtherLayoutError,
)
from packdesk.store.base import KEY

if TYPE_CHECKING:
    from pathlib import Path

    from services.conftest import Desk

DATA = "data:image/png;base64," + base64.b64encode(picture_bytes()).decode()


def kept_apart(kind: str = "cylinder", **fields: Any) -> bytes:
    texture = {
        "panel_id": "body",
        "texture_url": DATA,
        "prompt": "floral",
        "generated_at": None,
        "dimensions": None,
    }
    cylinder = {"dimensions": {"width": 90, "height": 120, "depth": 80}, "panel_textures": {"body": texture}}
    box = {"dimensions": {"width": 120, "height": 150, "depth": 60}, "panel_textures": {"front": texture}}
    document = {
        "current_package_type": kind,
        "box_state": box,
        "cylinder_state": cylinder,
        "in_progress": False,
    }
    return json.dumps(document | fields).encode()


async def test_the_artwork_of_another_layout_is_opened_and_the_original_kept(desk: Desk) -> None:
    raw = kept_apart()
    put(desk.store.inner, raw)
    with pytest.raises(OtherLayoutError):
        await desk.shared.load()
    opened = await desk.documents.open_key(KEY)
    assert opened.state.package_type == "cylinder"
    assert opened.state.package_dimensions.as_tuple() == (90, 120, 90)
    assert opened.state.panel_textures["body"].prompt == "floral"
    assert opened.state.panel_textures["body"].texture_url.startswith("file:")
    assert await desk.pictures.read_picture(opened.state.panel_textures["body"].texture_url)
    assert desk.store.backups() == [raw]
    assert decode_state(desk.store.load() or b"") == opened.state


async def test_a_document_in_a_file_and_one_set_aside(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    file.write_bytes(kept_apart("box"))
    opened = await desk.documents.open_file(file)
    assert (opened.state.package_type, list(opened.state.panel_textures)) == ("box", ["front"])
    name = await desk.designs.reset()
    assert name
    again = await desk.documents.open_key(name)
    assert again.state.panel_textures == opened.state.panel_textures
    assert file.read_bytes() == kept_apart("box")


async def test_artwork_is_not_lost_to_it_unasked(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    file.write_bytes(kept_apart())
    await desk.documents.open_file(file)
    with pytest.raises(NotPossibleError, match="has artwork"):
        await desk.documents.open_file(file)
    await desk.documents.open_file(file, replace_artwork=True)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"cylinder_state": None},
        {"cylinder_state": {"dimensions": None, "panel_textures": None}},
        {"current_package_type": None},
    ],
)
async def test_what_is_missing_in_it_is_no_hindrance(
    desk: Desk, tmp_path: Path, parts: dict[str, Any]
) -> None:
    file = tmp_path / "design.json"
    file.write_bytes(json.dumps({"current_package_type": "cylinder"} | parts).encode())
    opened = await desk.documents.open_file(file)
    assert opened.state.panel_textures == {}


async def test_pictures_that_cannot_be_read_are_named(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    file.write_bytes(kept_apart().replace(DATA.encode(), b"data:image/png;base64,AAAA"))
    opened = await desk.documents.open_file(file)
    assert [damage.split(":")[0] for damage in opened.damages] == ["body"]


async def test_what_is_no_design_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    for raw in (b"", b"[]", b"{}", b"\xff", b'{"package_type": "bag"}'):
        file.write_bytes(raw)
        with pytest.raises(BundleError, match="holds no design"):
            await desk.documents.open_file(file)
    put(desk.store.inner, b"{}")
    with pytest.raises(ForeignDocumentError):
        await desk.documents.open_key(KEY)
    assert (desk.store.load(), desk.store.backups()) == (b"{}", [])
    for place in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(BundleError):
            await desk.documents.open_file(place)
    with pytest.raises(InvalidInputError, match="Nothing is stored"):
        await desk.documents.open_key("packaging:none")
    await desk.designs.reset()
    await desk.designs.clear()
    with pytest.raises(NotPossibleError, match="already"):
        await desk.documents.open_key(KEY)
