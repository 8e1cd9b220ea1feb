"""Documents in files of the data folder."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 3
"""The data folder may be one where somebody keeps other things, too."""


def documents_in(folder: Path, but: Path) -> Iterator[tuple[Path, bytes]]:
    """Every JSON file in a folder and `DEPTH` levels below, with its content; none of the folder `but`.

    Raises:
        OSError: one of them cannot be read.
    """
    for root, folders, names in os.walk(folder, onerror=_raise):
        deep = len(Path(root).relative_to(folder).parts) >= DEPTH
        folders[:] = [] if deep else [name for name in folders if Path(root, name) != but]
        for path in (Path(root, name) for name in names if name.endswith(".json")):
            # What went meanwhile stands in the design by now, or nowhere.
            with contextlib.suppress(FileNotFoundError):
                if path.is_file():
                    yield path, path.read_bytes()


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
