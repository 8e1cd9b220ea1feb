"""Documents in files: what the data folder keeps beside the store."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def documents_in(folder: Path, but: Path) -> Iterator[tuple[Path, bytes]]:
    """Every JSON file below a folder, with its content, but for those in the folder `but`.

    Raises:
        OSError: one of them cannot be read.
    """
    for root, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if Path(root, name) != but]
        for path in (Path(root, name) for name in names if name.endswith(".json")):
            # What went meanwhile stands in the design by now, or nowhere.
            with contextlib.suppress(FileNotFoundError):
                if path.is_file():
                    yield path, path.read_bytes()


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
