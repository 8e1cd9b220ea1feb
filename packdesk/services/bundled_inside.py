"""Artwork of the inside on its way into bundles and out of them. Blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.inside import inside_of_design
from packdesk.domain.state import utc_text
from packdesk.errors import BadPictureError, PackdeskError
from packdesk.sentence import Sentence
from packdesk.store.bundle.archive import MAX_PICTURE_BYTES
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.state import PackagingState
    from packdesk.store.bundle.files import BundleContents
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary


class BundledInside(NamedTuple):
    """What a bundle takes along.

    Attributes:
        appearance: how the design is shown, with what is inside this design only.
        pictures: PNG by hash.
        missing: why others are left out, by panel.
    """

    appearance: Appearance
    pictures: Mapping[str, bytes]
    missing: Mapping[str, PackdeskError]


def bundled_inside(library: TextureLibrary, appearance: Appearance, state: PackagingState) -> BundledInside:
    """What of the inside goes along with a design that is shown so."""
    arts, pictures, missing = [], dict[str, bytes](), dict[str, PackdeskError]()
    for panel_id, art in inside_of_design(appearance.inside, state).items():
        try:
            if art.picture not in pictures:
                pictures[art.picture] = _small_enough(library.read(art.picture))
        except PackdeskError as error:
            missing[panel_id] = error
        else:
            arts.append(art)
    return BundledInside(replace(appearance, inside=tuple(arts)), pictures, missing)


def _small_enough(png: bytes) -> bytes:
    if len(png) > MAX_PICTURE_BYTES:
        raise too_large(png)
    return png


def too_large(png: bytes) -> BadPictureError:
    """Why a picture is not in a bundle."""
    return BadPictureError(
        Sentence("The picture is too large for a bundle: {size:.0f} MB.", size=len(png) / 2**20),
        "Scale it down, and import it again.",
    )


def place_inside(
    contents: BundleContents, library: TextureLibrary, hold: Hold, began: str | None
) -> Appearance | None:
    """Keep the inside's pictures of a bundle; how its design is shown, with them.

    Args:
        contents: of the bundle.
        library: where pictures are kept.
        hold: keeps them from being removed before the appearance names them.
        began: when the design did whose place it takes.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    if contents.appearance is None:
        return None
    here = _kept_here(contents, library, hold)
    arts = (
        replace(art, picture=here[art.picture], began=began)
        for art in contents.appearance.inside
        if art.picture in here
    )
    return replace(contents.appearance, inside=tuple(arts))


def _kept_here(contents: BundleContents, library: TextureLibrary, hold: Hold) -> Mapping[str, str]:
    """Hashes in the library by those in the bundle."""
    here = {}
    names = {art.picture: art.name for art in contents.appearance.inside} if contents.appearance else {}
    for sha256, picture in contents.inside.items():
        hold.take(sha256, picture.sha256)
        if library.find(sha256) is None:
            library.add(picture, making_of("opened", names.get(sha256, ""), utc_text()))
            here[sha256] = picture.sha256
        else:
            here[sha256] = sha256
    return here
