"""How a picture the library has lies on a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.domain.panels import FlatSize
from packdesk.errors import TextureUnavailableError
from packdesk.services.placing import cut, kept, noted
from packdesk.textures.check import clean_picture
from packdesk.textures.library import TextureLibrary
from packdesk.textures.notes import Kind, Making

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-11-01T10:00:00Z"
PICTURE = clean_picture(picture_bytes(1, (60, 90)))


@pytest.mark.parametrize(
    ("kind", "panel", "fit"),
    [
        ("answer", "front", "fill"),
        ("answer", "back", "crop"),
        ("import", "front", "crop"),
        (None, "", "crop"),
    ],
)
def test_only_what_was_painted_for_a_panel_may_go_on_mirrored(
    kind: Kind | None, panel: str, fit: str, tmp_path: Path
) -> None:
    library = TextureLibrary(tmp_path)
    making = None if kind is None else Making(kind=kind, words="w", at=AT, panel=panel)
    library.add(PICTURE, making)
    with library.holds.holding() as hold:
        laid = kept(library, PICTURE.sha256, "front", hold)
        assert PICTURE.sha256 in library.holds.held()
    assert (laid.sha256, laid.png, laid.turns, laid.fit) == (PICTURE.sha256, PICTURE.png, 0, fit)


def test_one_that_has_gone_is_told(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    with library.holds.holding() as hold, pytest.raises(TextureUnavailableError):
        kept(library, "a" * 64, "front", hold)


def test_what_a_texture_was_cut_from_is_found_again(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    library.add(PICTURE)
    with library.holds.holding() as hold:
        laid = kept(library, PICTURE.sha256, "front", hold)
        url = cut(library, laid, FlatSize(width=30, height=60), hold, dpi=36, wraps=False)
    assert noted(library, url) == laid
    assert noted(library, "file:///elsewhere/picture.png") is None
    (tmp_path / f"{PICTURE.sha256}.png").unlink()
    assert noted(library, url) is None
