"""What one action changed in a design, so that it can be taken back and done again."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

# Not for types only: pydantic reads them where a change is kept.
from packdesk.domain.dimensions import Dimensions, PackageType  # noqa: TC001
from packdesk.domain.moments import same_moment
from packdesk.domain.state import PanelTexture  # noqa: TC001
from packdesk.errors import ChangedMeanwhileError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.state import PackagingState

ChangeKind = Literal[
    "size",
    "type",
    "picture",
    "link",
    "placement",
    "panel cleared",
    "panels swapped",
    "panel copied",
    "objects",
    "generation",
    "new design",
    "opened design",
]

_REPLACING = frozenset({"new design", "opened design"})


@dataclass(frozen=True)
class DesignParts:
    """Some parts of a design.

    Attributes:
        package_type: the type of package they belong to.
        dimensions: the sizes, or None when they are not part of it.
        textures: by panel; None stands for a panel without one.
        began: when the design did, where another took its place: what is said of it is known by that.
    """

    package_type: PackageType
    dimensions: Dimensions | None = None
    textures: Mapping[str, PanelTexture | None] = field(default_factory=dict)
    began: str | None = None


@dataclass(frozen=True)
class DesignChange:
    """The parts an action changed, before and after it."""

    kind: ChangeKind
    before: DesignParts
    after: DesignParts

    @property
    def loses_artwork(self) -> bool:
        """Whether artwork went with the package it was on: with a switch of the type, or a new design."""
        return self.kind in {"type", "new design"} and any(self.before.textures.values())

    def back(self) -> DesignChange:
        """The change that takes this one back."""
        return DesignChange(self.kind, self.after, self.before)

    def then(self, later: DesignChange) -> DesignChange:
        """This change and a later one of the same parts as one."""
        return DesignChange(self.kind, self.before, later.after)


def difference(
    kind: ChangeKind, before: PackagingState, after: PackagingState, panels: Iterable[str] | None = None
) -> DesignChange | None:
    """What differs between two states, among textures only of the named panels; None when nothing does."""
    shapes = [(state.package_type, state.package_dimensions) for state in (before, after)]
    named = {*before.panel_textures, *after.panel_textures} if panels is None else set(panels)
    changed = [
        panel_id
        for panel_id in sorted(named)
        if not same_artwork(before.panel_textures.get(panel_id), after.panel_textures.get(panel_id))
    ]
    resized = shapes[0] != shapes[1]
    if not resized and not changed:
        return None
    parts = [
        DesignParts(
            state.package_type,
            state.package_dimensions if resized else None,
            {panel_id: state.panel_textures.get(panel_id) for panel_id in changed},
            state.created_at if kind in _REPLACING else None,
        )
        for state in (before, after)
    ]
    return DesignChange(kind, *parts)


def same_artwork(one: PanelTexture | None, other: PanelTexture | None) -> bool:
    """Whether two textures are the same work, be it cut for another size."""
    if one is None or other is None:
        return one is other
    if one.texture_url == other.texture_url:
        return True
    made = one.generated_at is not None and same_moment(one.generated_at, other.generated_at)
    return made and one.prompt == other.prompt


def check_untouched(state: PackagingState, expected: DesignParts) -> None:
    """Make sure the design still has these parts.

    Raises:
        ChangedMeanwhileError: somebody changed one of them since.
    """
    if state.package_type != expected.package_type:
        raise ChangedMeanwhileError("The package type was changed meanwhile, so it was left as it is.")
    sizes = expected.dimensions
    if sizes is not None and state.package_dimensions.as_tuple() != sizes.as_tuple():
        raise ChangedMeanwhileError("The size was changed meanwhile, so it was left as it is.")
    for panel_id, texture in expected.textures.items():
        if not same_artwork(state.panel_textures.get(panel_id), texture):
            raise ChangedMeanwhileError(
                Sentence(
                    "The artwork of the panel “{panel}” was changed meanwhile, so it was left as it is.",
                    panel=panel_id,
                )
            )
