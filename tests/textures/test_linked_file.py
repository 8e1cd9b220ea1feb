"""Whether a file is another one, and whether it is whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.errors import BadPictureError
from packdesk.textures.linked_file import has_end, look, read_linked, seems_whole

if TYPE_CHECKING:
    from pathlib import Path

PDF = b"%PDF-1.4\n" + b"0 0 obj\n" * 800 + b"%%EOF\n"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "PDF"])
def test_no_part_of_a_file_passes_for_the_whole(kind: str) -> None:
    data = PDF if kind == "PDF" else picture_bytes(size=(90, 120), kind=kind)
    assert seems_whole(data)
    assert has_end(data)
    assert not [end for end in range(len(data) - 1) if end > 20 and seems_whole(data[:end]) and kind != "PDF"]
    assert not seems_whole(data[: len(data) // 2])
    assert not seems_whole(b"")


def test_a_file_is_told_from_its_former_self(tmp_path: Path) -> None:
    file = tmp_path / "tea.png"
    file.write_bytes(b"one")
    stamps = {look(file)}
    known = file.stat()
    other = tmp_path / "other"
    other.write_bytes(b"two")
    os.utime(other, ns=(known.st_atime_ns, known.st_mtime_ns))
    other.replace(file)
    stamps.add(look(file))
    assert len(stamps) == 2
    read = read_linked(file)
    assert read
    assert (read.data, read.stamp) == (b"two", look(file))


def test_what_is_no_file_is_neither_opened_nor_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    places = [tmp_path / name for name in ("pipe", "loop", "nothing", "a\0b", "x" * 300)]
    for place in [tmp_path, *places, tmp_path.__class__("/dev/zero")]:
        assert look(place) is None
        with pytest.raises(BadPictureError):
            read_linked(place)
