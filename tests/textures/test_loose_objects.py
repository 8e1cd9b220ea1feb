"""Files of objects that are touched or named just as they are removed stay."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from packdesk.textures.library import TextureLibrary
from packdesk.textures.loose_objects import LEAST_AGE_S, loose_objects, remove_loose
from packdesk.textures.notes import Above, Origin

if TYPE_CHECKING:
    from pathlib import Path


def test_whoever_comes_second_sees_the_other(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path / "library")
    touched, named, loose = (library.add_objects(words) for words in (b"touched", b"named", b"loose"))
    age = time.time() - 2 * LEAST_AGE_S
    for file in library.folder.glob("*.objects"):
        os.utime(file, (age, age))
    found = loose_objects(library.folder, [])
    assert {one.sha256 for one in found} == {touched, named, loose}
    library.add_objects(b"touched")  # just before it is renamed
    above = Above(recipe=named, pictures=())
    note = Origin(source="a" * 64, dpi=72, wraps=False, objects=above)
    assert [one.sha256 for one in remove_loose(library.folder, found, lambda: [note])] == [loose]
    assert {file.stem for file in library.folder.iterdir()} == {touched, named}
