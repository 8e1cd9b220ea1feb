"""What is said of a linked file that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.services.link_troubles import gone

if TYPE_CHECKING:
    from pathlib import Path


def test_a_vanished_drive_is_told_from_a_missing_file_and_from_no_file(tmp_path: Path) -> None:
    assert gone(tmp_path / "drive" / "tea.png").sentence.startswith("The folder of the linked file")
    assert "drive" in gone(tmp_path / "drive" / "tea.png").remedy
    assert gone(tmp_path / "tea.png").sentence.startswith("The linked file")
    assert "is no file any more" in gone(tmp_path).sentence
