"""Kept pictures on their way to a panel, by drag and drop within one packdesk."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.textures.picture_index import IndexedPicture

KIND = "application/x-packdesk-pictures"
_MOST_BYTES = 2**20
_HASH = re.compile(r"[0-9a-f]{64}")


def picture_data(pictures: Sequence[IndexedPicture]) -> QMimeData:
    """Pictures as data to be dragged; another packdesk, perhaps with another library, does not know them."""
    told = {"process": os.getpid(), "pictures": [[one.sha256, one.words] for one in pictures]}
    data = QMimeData()
    data.setData(KIND, json.dumps(told).encode())
    return data


def is_picture(data: QMimeData) -> bool:
    """Whether kept pictures are dragged."""
    return data.hasFormat(KIND)


def dragged_pictures(data: QMimeData) -> tuple[IncomingPicture, ...]:
    """The pictures that are dragged, none if they are not of this packdesk."""
    content = bytes(data.data(KIND).data()) if data.hasFormat(KIND) else b""
    if not 0 < len(content) <= _MOST_BYTES:
        return ()
    try:
        told = json.loads(content)
        pictures = [(str(sha256), str(words)) for sha256, words in told["pictures"]]
        ours = told["process"] == os.getpid()
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()
    if not ours or not all(_HASH.fullmatch(sha256) for sha256, _ in pictures):
        return ()
    return tuple(IncomingPicture(words, kept=sha256) for sha256, words in pictures)
