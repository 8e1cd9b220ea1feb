"""Objects another program took off, kept until somebody says what is to become of them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from packdesk.domain.objects.recipe import Recipe, put

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.state import PackagingState


class TakenOff(BaseModel):
    """What lay over the panels of a design.

    Attributes:
        began: when the design did.
        package_type: of the package, as panels of a box and a can share names; None where it was not noted.
        panels: the objects, by panel.
        undone: see `OffPanels`.
    """

    model_config = ConfigDict(frozen=True)

    began: str | None = None
    package_type: str | None = None
    panels: dict[str, Recipe] = {}
    undone: dict[str, str] = {}

    def is_of(self, state: PackagingState) -> bool:
        """Whether it is about that design, and the package it is now."""
        return self.began == state.created_at and self.package_type in {None, state.package_type}

    def of(self, state: PackagingState) -> dict[str, Recipe]:
        """Those of a design; none where it is another one."""
        return dict(self.panels) if self.is_of(state) else {}

    @classmethod
    def kept(
        cls, state: PackagingState, panels: Mapping[str, Recipe], undone: Mapping[str, str] | None = None
    ) -> TakenOff | None:
        """These of a design; None where there are none."""
        there = {name: recipe for name, recipe in panels.items() if recipe.objects}
        if not (there or undone):
            return None
        kind = state.package_type
        return cls(began=state.created_at, package_type=kind, panels=there, undone=dict(undone or {}))


def still_off(taken: Recipe, there: Recipe) -> Recipe:
    """What of the objects taken off a panel does not lie there; with ids that nothing else there has.

    Args:
        taken: the objects, laid out for the panel's size.
        there: what lies there.
    """
    lie = {_nameless(one) for one in there.objects}
    off = [one for one in taken.objects if _nameless(one) not in lie]
    used, named = {*there.ids, *(one.id for one in off)}, []
    for one in off:
        named.append(one if one.id not in there.ids else _renamed(one, used))
        used.add(named[-1].id)
    return taken.with_objects(tuple(named))


def together(taken: Recipe, more: Recipe) -> Recipe:
    """What was taken off a panel at one time and at another, each once."""
    return taken.with_objects((*taken.objects, *still_off(more, taken).objects))


def laid_again(taken: Recipe) -> Callable[[Recipe], Recipe]:
    """An edit that lays objects over a panel again, beside whatever lies there by now."""
    return lambda there: put(*still_off(taken, there).objects)(there)


def _nameless(one: PanelObject) -> PanelObject:
    return one.model_copy(update={"id": "-"})


def _renamed(one: PanelObject, used: Collection[str]) -> PanelObject:
    names = (f"{one.kind}-{number}" for number in count(1))
    return one.model_copy(update={"id": next(name for name in names if name not in used)})
