"""Every change a design can undergo, as pure functions from state to state.

They are re-run when another program was faster, so each says what to reach, never what to add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.change import DesignParts, check_untouched
from packdesk.domain.moments import same_moment
from packdesk.domain.panels import panel_sizes
from packdesk.domain.state import PackagingState, default_state, printed_size
from packdesk.errors import ChangedMeanwhileError, GenerationBusyError, PackageChangedError, Way
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packdesk.domain.change import DesignChange
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.size_edit import SizeEdit
    from packdesk.domain.state import PanelTexture

IDLE: dict[str, object] = {
    "in_progress": False,
    "generating_panel": None,
    "generating_panels": [],
    "bulk_generation_in_progress": False,
}


INTERRUPTED = Sentence("The program that was generating artwork ended before it was done.")
CHANGED_MEANWHILE = "while artwork was being made."
"""How the error ends that a job leaves whose pictures no longer fitted the design (`finish`)."""


def _changed(state: PackagingState, now: str, **fields: object) -> PackagingState:
    fields["updated_at"] = now
    if state.created_at is None:
        fields["created_at"] = now
    return state.model_copy(update=fields)


def _sized(state: PackagingState, dimensions: Dimensions) -> Dimensions:
    # Copied onto the old value, so that fields other programs keep there survive.
    width, height, depth = dimensions.as_tuple()
    return state.package_dimensions.model_copy(update={"width": width, "height": height, "depth": depth})


def resize(state: PackagingState, edit: SizeEdit, now: str) -> PackagingState:
    """Set the sizes, and the type if the edit switches it; the same type and sizes change nothing.

    Another type clears the textures, for they fit panels that no longer exist.

    Raises:
        PackageChangedError: the package is of another type by now; sizes alone must not undo that.
    """
    if edit.package_type == state.package_type:
        if state.package_dimensions.as_tuple() == edit.dimensions.as_tuple():
            return state
        others = tuple(one for one in state.stand_ins if one.path != ("package_dimensions",))
        return _changed(state.standing_in(others), now, package_dimensions=_sized(state, edit.dimensions))
    if not edit.switches:
        raise PackageChangedError(
            Sentence(
                "The package was changed to a {package} meanwhile, so the size was not applied.",
                package=state.package_type,
            ),
            "Set the size again.",
        )
    return _changed(
        state.standing_in(()),
        now,
        package_type=edit.package_type,
        package_dimensions=_sized(state, edit.dimensions),
        panel_textures={},
        last_error=None,
    )


def begin(state: PackagingState, panel_ids: Sequence[str], now: str, *, bulk: bool) -> PackagingState:
    """Mark panels as being generated.

    Raises:
        GenerationBusyError: some program is generating already.
    """
    if state.generating:
        if panels := ", ".join(state.panels_in_work()):
            raise GenerationBusyError(
                Sentence("Artwork is already being generated for {panels}.", panels=panels),
                ways=(Way.NOT_GENERATING,),
            )
        raise GenerationBusyError(
            "Artwork is already being generated for this design.", ways=(Way.NOT_GENERATING,)
        )
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
        raise PackageChangedError(
            Sentence(
                "The package was changed to a {package} while artwork was being made.",
                package=state.package_type,
            )
        )
    if textures and _started_anew(begun, state):
        raise PackageChangedError("A new design was started while artwork was being made.")
    merged = {**state.panel_textures, **textures}
    return _changed(state, now, panel_textures=merged, last_error=error, **IDLE)


def _started_anew(begun: PackagingState, state: PackagingState) -> bool:
    if not (begun.created_at and state.created_at):
        return begun.created_at is not None and state.updated_at is None  # nothing stands in the store
    # Other programs write the same moment in another text.
    return not same_moment(begun.created_at, state.created_at)


def fail(state: PackagingState, error: str | None, now: str) -> PackagingState:
    """Clear the flags without a picture: the generation failed (`error`) or was cancelled (None)."""
    return _changed(state, now, last_error=error, **IDLE)


def put_textures(
    state: PackagingState, package_type: PackageType, textures: Mapping[str, PanelTexture], now: str
) -> PackagingState:
    """Put pictures that are already made on their panels; raises as `check_type`."""
    check_type(state, package_type)
    return _changed(state, now, panel_textures={**state.panel_textures, **textures})


def check_type(state: PackagingState, package_type: PackageType) -> None:
    """Make sure the package still is of a type.

    Raises:
        PackageChangedError: it is of another one by now.
    """
    if package_type != state.package_type:
        raise PackageChangedError(
            Sentence("The package was changed to a {package} meanwhile.", package=state.package_type)
        )


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
    return _with_cut(state, recut, now)


def arrange_texture(state: PackagingState, recut: Recut, former: PanelTexture, now: str) -> PackagingState:
    """Put the same picture, laid on its panel in another way, in place of what the panel shows.

    Args:
        state: the current state.
        recut: the new cut. If the panel has another size by now, it counts as outgrown.
        former: what the panel showed when that was made.
        now: the time of the change.

    Raises:
        ChangedMeanwhileError: the panel shows another picture by now.
    """
    check_untouched(state, DesignParts(state.package_type, textures={recut.panel_id: former}))
    return _with_cut(state, recut, now, generated_at=now)


def _with_cut(state: PackagingState, recut: Recut, now: str, **fields: str) -> PackagingState:
    # Copied onto the old values, so that fields other programs keep there survive.
    texture = state.panel_textures[recut.panel_id]
    printed = texture.dimensions.model_copy(update=printed_size(recut.size).model_dump())
    replaced = texture.model_copy(update={"texture_url": recut.url, "dimensions": printed, **fields})
    return _changed(state, now, panel_textures={**state.panel_textures, recut.panel_id: replaced})


def _made_for(texture: PanelTexture, size: FlatSize) -> bool:
    made, now = texture.dimensions, printed_size(size)
    if made.width is None or made.height is None:  # other programs may not say
        return True
    return (made.width, made.height) == (now.width, now.height)


def check_shows(state: PackagingState, expected: PackagingState, panel_id: str) -> None:
    """Make sure a panel still shows the very same picture, at the same size.

    Raises:
        ChangedMeanwhileError: it does not.
    """
    pictures, sizes = [], []
    for one in (state, expected):
        texture = one.panel_textures.get(panel_id)
        pictures.append(None if texture is None else texture.texture_url)
        sizes.append(panel_sizes(one.package_type, one.package_dimensions).get(panel_id))
    if pictures[0] != pictures[1] or sizes[0] != sizes[1]:
        raise ChangedMeanwhileError(
            Sentence(
                "The artwork of the panel “{panel}” was changed meanwhile, so it was left as it is.",
                panel=panel_id,
            )
        )


def apply_change(state: PackagingState, change: DesignChange, now: str) -> PackagingState:
    """Set the parts of a change to what they are after it, if they still are what they were before.

    Raises:
        ChangedMeanwhileError: somebody changed one of them since.
    """
    check_untouched(state, change.before)
    fields: dict[str, object] = {}
    if change.after.dimensions is not None:
        sizes = _sized(state, change.after.dimensions)
        fields |= {"package_type": change.after.package_type, "package_dimensions": sizes}
    if change.after.textures:
        merged = {**state.panel_textures, **change.after.textures}
        fields["panel_textures"] = {name: one for name, one in merged.items() if one is not None}
    if change.after.began is not None:
        fields["created_at"] = change.after.began
    return _changed(state, now, **fields)


def clear_panel(state: PackagingState, panel_id: str, now: str) -> PackagingState:
    """Take the picture off a panel; the same state when there is none."""
    if panel_id not in state.panel_textures:
        return state
    kept = {name: one for name, one in state.panel_textures.items() if name != panel_id}
    return _changed(state, now, panel_textures=kept)


def clear(state: PackagingState, now: str) -> PackagingState:
    """Back to the default design. Fields we do not know stay, and a running generation goes on."""
    fresh = default_state()
    return _changed(
        state.standing_in(()),
        now,
        package_type=fresh.package_type,
        package_dimensions=_sized(state, fresh.package_dimensions),
        panel_textures={},
        last_error=None,
        created_at=now,
    )
