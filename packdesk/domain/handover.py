"""A design on its way into a file and out of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.transitions import IDLE
from packdesk.errors import BundleError, GenerationBusyError, NotPossibleError
from packdesk.sentence import Sentence, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packdesk.domain.state import PackagingState


def carried(state: PackagingState, urls: Mapping[str, str]) -> PackagingState:
    """The design with its pictures at these URLs, and no trace of a running generation.

    Args:
        state: the design; fields we do not know stay in it, at every depth.
        urls: where a panel's picture is, by panel; panels that are missing become bare.
    """
    textures = {
        panel_id: texture.model_copy(update={"texture_url": urls[panel_id]})
        for panel_id, texture in state.panel_textures.items()
        if panel_id in urls
    }
    return state.model_copy(update={"panel_textures": textures, "last_error": None, **IDLE})


def check_replaceable(state: PackagingState, *, with_artwork: bool) -> None:
    """Make sure another design may take this one's place.

    Args:
        state: the current design.
        with_artwork: whether it may even when it has artwork.

    Raises:
        GenerationBusyError: artwork is being made for it.
        NotPossibleError: it has artwork, which nobody agreed to lose.
    """
    if state.generating:
        raise GenerationBusyError("Artwork is being made for the current design, so no other was opened.")
    if state.panel_textures and not with_artwork:
        raise NotPossibleError(
            "The current design has artwork, so no other was opened.",
            "Save it first.",
            terminal="“packdesk export NAME.packdesk” does that; --force opens the other without it.",
        )


def replaced(state: PackagingState, opened: PackagingState, now: str) -> PackagingState:
    """Another design in place of the current one, in one step.

    Type, sizes, artwork and fields we do not know are those of the opened one. What else other programs keep
    beside the current design stays.

    Args:
        state: the current design, at rest.
        opened: the other one; its URLs are those of this machine.
        now: the time of the change.
    """
    fields = {
        **(opened.model_extra or {}),
        "package_type": opened.package_type,
        "package_dimensions": opened.package_dimensions,
        "panel_textures": opened.panel_textures,
        "last_error": None,
        "created_at": opened.created_at or now,
        "updated_at": now,
    }
    return state.standing_in(()).model_copy(update=fields)


def damaged(damages: Iterable[str]) -> BundleError:
    """What could not be read of a bundle that was opened all the same."""
    return BundleError(
        Sentence("The bundle is damaged: {damages}", damages=joined(*damages)),
        "The rest was opened. Copy it again, or ask for it again.",
    )


def incomplete(damages: Iterable[str]) -> BundleError:
    """Which pictures of a document could not be read that was opened all the same."""
    return BundleError(
        Sentence("Some artwork could not be read: {damages}", damages=joined(*damages)),
        "The rest was opened; what was stored before is kept under another name.",
    )
