"""Every change a design can undergo, as pure functions from state to state.

They are re-run when another program was faster, so each says what to reach, never what to add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.panels import panel_sizes
from packdesk.domain.state import PackagingState, default_state, printed_size
from packdesk.errors import GenerationBusyError, PackageChangedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.state import PanelTexture

_IDLE: dict[str, object] = {
    "in_progress": False,
    "generating_panel": None,
    "generating_panels": [],
    "bulk_generation_in_progress": False,
}


def _changed(state: PackagingState, now: str, **fields: object) -> PackagingState:
    fields["updated_at"] = now
    if state.created_at is None:
        fields["created_at"] = now
    return state.model_copy(update=fields)


def _sized(state: PackagingState, dimensions: Dimensions) -> Dimensions:
    # Copied onto the old value, so that fields other programs keep there survive.
    width, height, depth = dimensions.as_tuple()
    return state.package_dimensions.model_copy(update={"width": width, "height": height, "depth": depth})


def resize(
    state: PackagingState, package_type: PackageType, dimensions: Dimensions, now: str
) -> PackagingState:
    """Set type and sizes. Another type clears the textures, for they fit panels that no longer exist.

    The same type and sizes change nothing.
    """
    if package_type == state.package_type:
        if state.package_dimensions.as_tuple() == dimensions.as_tuple():
            return state
        return _changed(state, now, package_dimensions=_sized(state, dimensions))
    return _changed(
        state,
        now,
        package_type=package_type,
        package_dimensions=_sized(state, dimensions),
        panel_textures={},
        last_error=None,
    )


def set_size(
    state: PackagingState, package_type: PackageType, dimensions: Dimensions, now: str
) -> PackagingState:
    """Set the sizes of a package of that very type.

    Raises:
        PackageChangedError: the package is of another type by now; sizes alone must not undo that.
    """
    if package_type != state.package_type:
        raise PackageChangedError(
            f"The package became a {state.package_type} meanwhile, so the size was not applied.",
            "Set the size again.",
        )
    return resize(state, package_type, dimensions, now)


def begin(state: PackagingState, panel_ids: Sequence[str], now: str, *, bulk: bool) -> PackagingState:
    """Mark panels as being generated.

    Raises:
        GenerationBusyError: some program is generating already.
    """
    if state.generating:
        panels = ", ".join(state.panels_in_work()) or "this design"
        raise GenerationBusyError(f"Artwork is already being generated for {panels}.")
    return _changed(
        state,
        now,
        in_progress=True,
        generating_panel=None if bulk else panel_ids[0],
        generating_panels=list(panel_ids),
        bulk_generation_in_progress=bulk,
        last_error=None,
    )


def finish(
    state: PackagingState,
    begun: PackagingState,
    textures: Mapping[str, PanelTexture],
    error: str | None,
    now: str,
) -> PackagingState:
    """Put all accumulated textures on their panels, clear the flags and say what failed, in one step.

    Args:
        state: the current state.
        begun: the state the textures were made for.
        textures: the successes by panel id; other panels keep what they had.
        error: a sentence naming the failures, or None.
        now: the time of the change.

    Raises:
        PackageChangedError: the package is of another type by now, or a new design was started.
    """
    if textures and begun.package_type != state.package_type:
        raise PackageChangedError(f"The package became a {state.package_type} while artwork was being made.")
    if textures and begun.created_at and state.created_at and begun.created_at != state.created_at:
        raise PackageChangedError("A new design was started while artwork was being made.")
    merged = {**state.panel_textures, **textures}
    return _changed(state, now, panel_textures=merged, last_error=error, **_IDLE)


def fail(state: PackagingState, error: str | None, now: str) -> PackagingState:
    """Clear the flags without a picture: the generation failed (`error`) or was cancelled (None)."""
    return _changed(state, now, last_error=error, **_IDLE)


def put_textures(
    state: PackagingState, package_type: PackageType, textures: Mapping[str, PanelTexture], now: str
) -> PackagingState:
    """Put pictures that are already made on their panels.

    Raises:
        PackageChangedError: the state's package is of another type by now.
    """
    if package_type != state.package_type:
        raise PackageChangedError(f"The package became a {state.package_type} meanwhile.")
    return _changed(state, now, panel_textures={**state.panel_textures, **textures})


def outgrown_panels(state: PackagingState) -> list[str]:
    """Panels whose picture was made for another size than the panel has now."""
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    return [
        panel_id
        for panel_id, size in sizes.items()
        if panel_id in state.panel_textures and not _made_for(state.panel_textures[panel_id], size)
    ]


class Recut(NamedTuple):
    """A panel's picture, cut anew: for which panel and size, and the URL of the cut it replaces."""

    panel_id: str
    former_url: str
    url: str
    size: FlatSize


def refit_texture(state: PackagingState, recut: Recut, now: str) -> PackagingState:
    """Put the same picture, cut for another size, on a panel that still shows the former cut.

    The state comes back unchanged when the panel shows something else, or has another size, by now.
    """
    texture = state.panel_textures.get(recut.panel_id)
    wanted = panel_sizes(state.package_type, state.package_dimensions).get(recut.panel_id)
    if texture is None or texture.texture_url != recut.former_url or wanted != recut.size:
        return state
    printed = texture.dimensions.model_copy(update=printed_size(recut.size).model_dump())
    replaced = texture.model_copy(update={"texture_url": recut.url, "dimensions": printed})
    return _changed(state, now, panel_textures={**state.panel_textures, recut.panel_id: replaced})


def _made_for(texture: PanelTexture, size: FlatSize) -> bool:
    made, now = texture.dimensions, printed_size(size)
    if made.width is None or made.height is None:  # other programs may not say
        return True
    return (made.width, made.height) == (now.width, now.height)


def clear(state: PackagingState, now: str) -> PackagingState:
    """Back to the default design. Fields we do not know stay, and a running generation goes on."""
    fresh = default_state()
    return _changed(
        state,
        now,
        package_type=fresh.package_type,
        package_dimensions=_sized(state, fresh.package_dimensions),
        panel_textures={},
        last_error=None,
        created_at=now,
    )
