"""From state, job and textures to what the panel list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from packdesk.domain.panels import FlatSize, panel_sizes
from packdesk.ui.panel_list import PanelRow

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.generation_job import JobView
    from packdesk.jobs.texture_loader import TextureLoader


def panel_name(panel_id: str) -> str:
    """A panel's name for people."""
    names = {
        "front": _tr("Front"),
        "back": _tr("Back"),
        "left": _tr("Left"),
        "right": _tr("Right"),
        "top": _tr("Top"),
        "bottom": _tr("Bottom"),
        "body": _tr("Body"),
    }
    return names.get(panel_id, panel_id)


def panel_rows(state: PackagingState, job: JobView, textures: TextureLoader) -> list[PanelRow]:
    """One row for each panel of the package, in panel order."""
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    return [_row(panel_id, size, state, job, textures) for panel_id, size in sizes.items()]


def _row(
    panel_id: str, size: FlatSize, state: PackagingState, job: JobView, textures: TextureLoader
) -> PanelRow:
    shown = textures.pixmaps.get(panel_id)
    standing = _standing(panel_id, state, job, textures)
    return PanelRow(
        panel_id=panel_id,
        name=panel_name(panel_id),
        size=size_text(size),
        standing=standing,
        note=_note(standing),
        tip=_tip(panel_id, state, job, textures),
        thumbnail=shown.thumbnail if shown else None,
    )


def size_text(size: FlatSize) -> str:
    """A flat size for people, such as `100 × 150 mm`."""
    number = QLocale()
    width, height = (number.toString(round(side, 1), "g", 6) for side in (size.width, size.height))
    return f"{width} × {height} mm"


def _standing(panel_id: str, state: PackagingState, job: JobView, textures: TextureLoader) -> str:
    if job.running and panel_id in job.panels:
        return job.panels[panel_id]
    if panel_id in state.panels_in_work():
        return "waiting" if job.running else "working"
    if panel_id in job.failures:
        return "failed"
    if textures.missing(panel_id):
        return "missing"
    return "art" if panel_id in state.panel_textures else "empty"


def _tip(panel_id: str, state: PackagingState, job: JobView, textures: TextureLoader) -> str:
    missing, texture = textures.missing(panel_id), state.panel_textures.get(panel_id)
    if panel_id in job.failures:
        return job.failures[panel_id]
    if missing:
        return missing.full_text()
    return texture.prompt if texture else ""


def _note(standing: str) -> str:
    return {
        "waiting": _tr("Waiting"),
        "working": _tr("Generating …"),
        "finished": _tr("Done"),
        "failed": _tr("Failed"),
        "missing": _tr("Not on this machine"),
        "empty": _tr("No artwork"),
    }.get(standing, "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("panels", text)
