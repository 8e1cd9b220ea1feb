"""From state, job and textures to what the panel list shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain.panels import PANEL_IDS, FlatSize, panel_sizes
from packdesk.domain.text import cut
from packdesk.domain.units import dpi_of
from packdesk.ui.link_words import link_note, link_words
from packdesk.ui.parts import TIP_LENGTH
from packdesk.ui.spoken import error_text, spoken
from packdesk.ui.translation import translate
from packdesk.ui.units import MM, Unit
from packdesk.ui.wording import panel_name, size_text, status_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from PySide6.QtGui import QPixmap

    from packdesk.domain.links import LinkView
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.generation_controller import JobView
    from packdesk.jobs.texture_loader import TextureLoader
    from packdesk.textures.pixmaps import ShownPicture

PANELS_LOOKED_AT = 1000


@dataclass(frozen=True)
class PanelRow:
    """One panel as the list shows it; two thumbnails are equal if they are the same object.

    Attributes:
        panel_id: as on the wire.
        name: for people.
        size: flat size, for people.
        status: `empty`, `loading`, `art`, `waiting`, `working`, `finished`, `failed` or `missing`.
        note: what the status means, for people.
        tip: the prompt, or why something is missing.
        thumbnail: a small picture, if there is one.
        dpi: how fine it will print, in pixels per inch.
        came_in: of which colours it was converted, for people.
        link: how its link to a file fares (`LinkState`), if it has one.
        link_tip: what is said of that.
    """

    panel_id: str
    name: str
    size: str
    status: str
    note: str
    tip: str
    thumbnail: QPixmap | None
    dpi: float | None = None
    came_in: str = ""
    link: str = ""
    link_tip: tuple[str, ...] = ()


def panel_rows(
    state: PackagingState,
    job: JobView,
    textures: TextureLoader,
    unit: Unit = MM,
    links: Mapping[str, LinkView] | None = None,
    *,
    printed: Collection[str] | None = None,
) -> list[PanelRow]:
    """One row for each panel of the package, in panel order.

    Args:
        state: the design.
        job: what is being generated.
        textures: the pictures on screen.
        unit: of the sizes.
        links: by panel.
        printed: the panels on the blank; None for all.
    """
    linked = links or {}
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    statuses = panel_statuses(state, job, textures)
    return [
        PanelRow(
            panel_id=panel_id,
            name=panel_name(panel_id),
            size=size_text(size, unit),
            status=statuses[panel_id],
            note=_note(statuses[panel_id], printed=printed is None or panel_id in printed)
            or link_note(linked.get(panel_id)),
            tip=cut(_tip(panel_id, state, job, textures), TIP_LENGTH),
            thumbnail=shown.thumbnail if (shown := textures.pixmaps.get(panel_id)) else None,
            dpi=effective_dpi(shown, size) if shown else None,
            came_in=came_in_words(shown),
            link=linked[panel_id].state if panel_id in linked else "",
            link_tip=link_words(linked.get(panel_id)),
        )
        for panel_id, size in sizes.items()
    ]


def _note(status: str, *, printed: bool) -> str:
    """What a status means; of what rests on a panel that is not on the blank, that it is not."""
    if not printed and status in {"art", "empty"}:
        return translate("panels", "Not on the blank")
    return status_words(status)


def came_in_words(shown: ShownPicture | None) -> str:
    """Of which colours a panel's picture was converted; empty where it was not."""
    if shown is None or not shown.came_in:
        return ""
    return translate("panels", "Converted from {0}").format(shown.came_in)


def effective_dpi(shown: ShownPicture, size: FlatSize) -> float:
    """How fine a panel's artwork prints: as preflight says, by the pixels of the picture that is printed."""
    return dpi_of(*shown.size, size)


def panel_statuses(state: PackagingState, job: JobView, textures: TextureLoader) -> dict[str, str]:
    """What is going on with each panel of the package, as `PanelRow.status` names it."""
    working = _in_work(state)
    return {
        panel_id: _status(panel_id, state, job, textures, in_work=panel_id in working)
        for panel_id in PANEL_IDS[state.package_type]
    }


def _in_work(state: PackagingState) -> frozenset[str]:
    # A foreign document may name any number of panels; those that exist stand among the first of them.
    named = [*state.generating_panels[:PANELS_LOOKED_AT], state.generating_panel or ""]
    return frozenset(named) if state.generating else frozenset()


def _status(
    panel_id: str, state: PackagingState, job: JobView, textures: TextureLoader, *, in_work: bool
) -> str:
    if job.running and panel_id in job.panels:
        return job.panels[panel_id]
    if in_work:
        return "waiting" if job.running else "working"
    if panel_id in job.failures:
        return "failed"
    if textures.missing(panel_id):
        return "missing"
    if panel_id not in state.panel_textures:
        return "empty"
    return "art" if textures.pixmaps.get(panel_id) else "loading"


def _tip(panel_id: str, state: PackagingState, job: JobView, textures: TextureLoader) -> str:
    missing, texture = textures.missing(panel_id), state.panel_textures.get(panel_id)
    if panel_id in job.failures:
        return spoken(job.failures[panel_id])
    if missing:
        return error_text(missing)
    return texture.prompt if texture else ""
