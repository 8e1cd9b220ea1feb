"""Puts layers into a PDF, and says what they mean to those who print, cut and glue.

A processing step is the entry `GTS_Metadata` of an optional content group, as ISO 19593-1 describes it. The
standard itself was not at hand: this follows the descriptions of several implementers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packdesk.domain.dieline.values import LineType

if TYPE_CHECKING:
    import io
    from collections.abc import Sequence
    from pathlib import Path

    Named = tuple[str, str, LineType | None]
    """A layer's name in the page's content, its label, and the line type it stands for."""

_STEPS = {
    LineType.CUT: ("Structural", "Cutting"),
    LineType.CREASE: ("Structural", "Creasing"),
    LineType.PERFORATION: ("Structural", "Perforating"),
    LineType.BLEED: ("Structural", "Bleed"),
    LineType.GLUE: ("Structural", "Gluing"),
    LineType.DIMENSION: ("Dimensions", None),
}
"""Group and type of a processing step. There is none for a safe area."""


def add_layers(source: io.BytesIO, target: Path, layers: Sequence[Named]) -> None:
    """Write a PDF again with its layers, all of them shown.

    Args:
        source: one page whose content stands between `/OC /name BDC` and `EMC`.
        target: a free path.
        layers: the names used there, from the bottom to the top.

    Raises:
        OSError: it cannot be written.
    """
    import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

    with pikepdf.open(source) as pdf:
        groups = {name: pdf.make_indirect(_group(pikepdf, name, label, kind)) for name, label, kind in layers}
        resources = pdf.pages[0].obj.Resources
        resources.Properties = pikepdf.Dictionary({f"/{name}": group for name, group in groups.items()})
        everything = list(groups.values())
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array(everything),
            D=pikepdf.Dictionary(
                Name="Layers",
                Creator=str(pdf.docinfo.Creator),
                BaseState=pikepdf.Name.ON,
                ON=pikepdf.Array(everything),
                Order=pikepdf.Array(reversed(everything)),  # panes list what is on top first
            ),
        )
        pdf.Root.PageMode = pikepdf.Name.UseOC
        _describe(pdf)
        with target.open("xb") as file:
            pdf.save(file, min_version="1.6", compress_streams=False)  # reportlab has compressed them


def _group(pikepdf: Any, name: str, label: str, kind: LineType | None) -> Any:
    group = pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=label)
    step, step_type = _STEPS.get(kind, (None, None)) if kind else (None, None)
    if name == "legend":
        step = "Legend"
    if step:
        group.GTS_Metadata = pikepdf.Dictionary(GTS_ProcStepsGroup=pikepdf.Name(f"/{step}"))
        if step_type:
            group.GTS_Metadata.GTS_ProcStepsType = pikepdf.Name(f"/{step_type}")
    return group


def _describe(pdf: Any) -> None:
    # reportlab fills them with “anonymous” and the like, and XMP knows no trapping.
    for key in ("/Author", "/Subject", "/Keywords", "/Trapped"):
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    pdf.docinfo["/Producer"] = "ReportLab, pikepdf"
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata.load_from_docinfo(pdf.docinfo)
