"""Notes beside pictures, also those of older versions and of anybody with a pen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from packdesk.textures.library import TextureLibrary
from packdesk.textures.notes import Origin, read_origin

if TYPE_CHECKING:
    from pathlib import Path

OLD = {"source": "a" * 64, "dpi": 120.5, "wraps": True}


def test_a_note_without_placement_is_still_read(tmp_path: Path) -> None:
    file = tmp_path / "note.json"
    file.write_text(json.dumps(OLD))
    assert read_origin(file) == Origin(source="a" * 64, dpi=120.5, wraps=True, turns=0, fit="fill")


def test_a_note_is_found_as_it_was_written(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    origin = Origin(source="a" * 64, dpi=120.5, wraps=True, turns=3, fit="fit")
    library.note_origin("b" * 64, origin)
    assert library.origin((tmp_path / f"{'b' * 64}.png").as_uri()) == origin


@pytest.mark.parametrize("wrong", [{"turns": 4}, {"turns": -1}, {"turns": "left"}, {"fit": "stretch"}])
def test_an_impossible_placement_is_no_note(tmp_path: Path, wrong: dict[str, object]) -> None:
    file = tmp_path / "note.json"
    file.write_text(json.dumps({**OLD, **wrong}))
    assert read_origin(file) is None


def test_what_a_note_of_an_older_version_does_not_tell() -> None:
    note = Origin(source="a" * 64, dpi=300)
    assert (note.wraps, note.turns, note.fit, note.panel, note.wanted_dpi) == (False, 0, "fill", None, None)
    assert (note.maker, note.kept, note.now) == ("", False, None)
