"""Parts and limits of a bundle."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from packdesk.textures.check import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.state import PackagingState
    from packdesk.textures.check import CleanPicture

FORMAT, VERSION = "packdesk", 1
SUFFIX = ".packdesk"
VERSION_NAME, STATE_NAME, PREVIEW_NAME = "version.json", "state.json", "preview.png"
PICTURE_NAME = re.compile(r"textures/([0-9a-f]{64})\.png")

MAX_ENTRIES = 16
"""Version, state, preview and a picture for each of at most six panels, with room for packages to come."""

MAX_ARCHIVE_BYTES = 512 * 2**20
"""Six pictures as large as any that is taken, and what is around them. Also what all may have unpacked."""

MAX_DIRECTORY_BYTES = 16 * 2**10
"""The list of contents of a ZIP: `MAX_ENTRIES` of ours have less than 3 KB."""

MAX_RATIO = 100
"""Our entries are stored as they are. Programs that pack a bundle anew shrink a PNG by little and a state to
a tenth; a hundredth is a bomb."""

MAX_ENTRY_BYTES = {VERSION_NAME: 64 * 2**10, STATE_NAME: 4 * 2**20, PREVIEW_NAME: 8 * 2**20}
"""A state has no pictures in it: some kilobytes, and what other programs keep there."""

MAX_PICTURE_BYTES = MAX_BYTES


def allowed_bytes(name: str) -> int:
    """How large the entry of that name may be; 0 for a name no bundle has."""
    return MAX_PICTURE_BYTES if PICTURE_NAME.fullmatch(name) else MAX_ENTRY_BYTES.get(name, 0)


def picture_name(sha256: str) -> str:
    """The entry for a picture, which is also its `texture_url` inside the bundle."""
    return f"textures/{sha256}.png"


class BundledPicture(NamedTuple):
    """A picture of a bundle: its hash there, and what came through the check of pictures from outside."""

    sha256: str
    clean: CleanPicture


@dataclass(frozen=True)
class BundleContents:
    """What could be read of a bundle.

    Attributes:
        state: the design at rest, with the textures in `pictures`; their URLs are names in the bundle.
        pictures: by panel.
        preview: a picture of the package, if there is one.
        damages: a sentence for each thing that could not be read.
    """

    state: PackagingState
    pictures: Mapping[str, BundledPicture]
    preview: CleanPicture | None
    damages: tuple[str, ...] = ()
