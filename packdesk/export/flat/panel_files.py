"""The panels' pictures as they are, in a folder or a ZIP file."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import NotPossibleError, OutputUnwritableError
from packdesk.export.flat.progress import Steps, silent
from packdesk.files import output_file
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.export.flat.progress import Listener
    from packdesk.export.flat.sheet import Sheet

_NAMES = {f"{panel_id}.png" for panel_ids in PANEL_IDS.values() for panel_id in panel_ids}
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP file can name: the same pictures make the same file."""


def write_panels(sheet: Sheet, target: Path, progress: Listener = silent) -> None:
    """Write every panel's picture as `front.png` and so on, at its own resolution and unchanged.

    Args:
        sheet: its artwork is written.
        target: `name.zip`, or a folder, which has no suffix. What is there is replaced, a folder only if it
            holds nothing but such pictures.
        progress: told how many pictures of how many are written.

    Raises:
        NotPossibleError: no panel carries artwork.
        OutputUnwritableError: it cannot be written.
    """
    pictures = [
        (f"{panel.panel_id}.png", sheet.artwork[panel.panel_id])
        for panel in sheet.dieline.panels
        if panel.panel_id in sheet.artwork
    ]
    if not pictures:
        raise NotPossibleError("No panel carries artwork.", "Generate or import some first.")
    steps = Steps(progress, len(pictures))
    if target.suffix.lower() == ".zip":
        _write_zip(pictures, target, steps)
    else:
        _write_folder(pictures, target, steps)


def _write_zip(pictures: list[tuple[str, bytes]], target: Path, steps: Steps) -> None:
    with output_file(target) as path, zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        for name, png in pictures:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, png)
            steps.step()


def _write_folder(pictures: list[tuple[str, bytes]], target: Path, steps: Steps) -> None:
    with output_file(target, folder=True) as path:
        if target.is_dir() and not {entry.name for entry in target.iterdir()} <= _NAMES:
            raise OutputUnwritableError(
                Sentence("{target} was not replaced: it holds other files than panels.", target=target),
                "Name another folder.",
            )
        path.mkdir()
        for name, png in pictures:
            (path / name).write_bytes(png)
            steps.step()
