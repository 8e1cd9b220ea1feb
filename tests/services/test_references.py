"""Which pictures a panel's request shows the provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.domain.panels import FlatSize
from packdesk.domain.state import PanelTexture, new_texture
from packdesk.services.panel_generator import ReferenceShelf
from packdesk.textures.check import clean_picture
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.dimensions import PackageType


class Counting(TextureReader):
    """Counts how often each picture is read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(TextureLibrary(folder / "library"), DiskCache(folder / "cache", 10_000_000))
        self.reads: list[str] = []

    def read(self, url: str) -> bytes:
        self.reads.append(url)
        return super().read(url)


@pytest.fixture
def reader(tmp_path: Path) -> Counting:
    return Counting(tmp_path)


def textures(reader: Counting, *panel_ids: str) -> dict[str, PanelTexture]:
    """Each panel's picture is another one."""
    return {
        panel_id: new_texture(
            panel_id,
            reader.library.add(clean_picture(picture_bytes(number))),
            "tea",
            FlatSize(width=10, height=10),
            "t",
        )
        for number, panel_id in enumerate(panel_ids)
    }


async def shown(shelf: ReferenceShelf, panel_id: str, made: dict[str, PanelTexture]) -> list[tuple[str, str]]:
    return [(one.role, one.panel_id) for one in await shelf.for_panel(panel_id, made)]


@pytest.mark.parametrize(
    ("kind", "panel_id", "on_package", "made", "wanted"),
    [
        ("box", "top", (), (), []),
        ("box", "top", (), ("front", "right"), [("lead", "front")]),
        ("box", "front", ("left", "top", "bottom"), (), [("neighbour", "left"), ("neighbour", "top")]),
        (
            "box",
            "top",
            ("front", "right", "back", "left"),
            (),
            [("lead", "front"), ("neighbour", "right"), ("neighbour", "back")],
        ),
        ("box", "back", ("front",), (), [("lead", "front")]),
        ("cylinder", "top", ("body", "bottom"), (), [("lead", "body")]),
        ("cylinder", "body", ("top", "bottom"), (), [("neighbour", "top"), ("neighbour", "bottom")]),
    ],
)
async def test_the_lead_is_shown_and_without_a_new_one_two_neighbours(
    *,
    kind: PackageType,
    panel_id: str,
    on_package: tuple[str, ...],
    made: tuple[str, ...],
    wanted: list[tuple[str, str]],
    reader: Counting,
) -> None:
    shelf = ReferenceShelf(reader, kind, textures(reader, *on_package))
    assert await shown(shelf, panel_id, textures(reader, *made)) == wanted


async def test_the_user_s_own_picture_comes_first_and_each_is_read_once(reader: Counting) -> None:
    there = textures(reader, "front", "right", "left")
    shelf = ReferenceShelf(reader, "box", {}, there["left"].texture_url)
    for _ in range(2):
        assert await shown(shelf, "top", there) == [("user", ""), ("lead", "front")]
    assert len(reader.reads) == 2


async def test_a_picture_that_cannot_be_had_is_one_reference_less(reader: Counting) -> None:
    there = textures(reader, "front", "right", "left")
    gone = there["right"].model_copy(update={"texture_url": "file:///" + "a" * 64 + ".png"})
    shelf = ReferenceShelf(reader, "box", there | {"right": gone})
    assert await shown(shelf, "top", {}) == [("lead", "front"), ("neighbour", "left")]
