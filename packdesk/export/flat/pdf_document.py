"""The document around a page of PDF: its layers, what they mean, its colours, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from packdesk.domain.area_finish import AreaKind
from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.pdf_fonts import add_fonts
from packdesk.export.flat.pdf_masks import add_masks
from packdesk.export.flat.vector_pages import add_pages
from packdesk.export.press.inks import Separation
from packdesk.export.press.pdf_colour import add_output_intent, name_document, separate_pictures, tag_colours
from packdesk.export.press.profile import read_press_profile

if TYPE_CHECKING:
    import io
    from collections.abc import Mapping, Sequence
    from pathlib import Path as FilePath

    from packdesk.domain.objects.live import LiveFont
    from packdesk.export.flat.pdf_masks import Mask
    from packdesk.export.press.options import PressOptions
    from packdesk.export.press.profile import PressProfile

_STEPS: dict[LineType | AreaKind, tuple[str, str | None]] = {
    LineType.CUT: ("Structural", "Cutting"),
    LineType.CREASE: ("Structural", "Creasing"),
    LineType.PERFORATION: ("Structural", "Perforating"),
    LineType.BLEED: ("Structural", "Bleed"),
    LineType.GLUE: ("Structural", "Gluing"),
    LineType.DIMENSION: ("Dimensions", None),
    AreaKind.WHITE: ("White", None),
    AreaKind.VARNISH: ("Varnish", None),
    AreaKind.FOIL: ("Structural", "FoilStamping"),
    AreaKind.EMBOSS: ("Structural", "Embossing"),
}
"""Group and type of a processing step. There is none for a safe area."""


class NamedLayer(NamedTuple):
    """A layer of a page.

    Attributes:
        name: in the page's content.
        label: for people.
        kind: the line type or finish it stands for.
    """

    name: str
    label: str
    kind: LineType | AreaKind | None = None


@dataclass(frozen=True)
class Press:
    """A press, its profile read."""

    profile: PressProfile
    separation: Separation | None

    @classmethod
    def of(cls, options: PressOptions | None) -> Self | None:
        """What is asked for, if anything.

        Raises:
            InvalidInputError: the profile is unusable.
        """
        if options is None:
            return None
        profile = read_press_profile(options.profile)
        return cls(profile, _separation(profile, options))

    def apply(self, pdf: Any) -> None:
        """Make the document one for the press."""
        if self.separation is not None:
            separate_pictures(pdf, self.separation)
        add_output_intent(pdf, self.profile)


def _separation(profile: PressProfile, options: PressOptions) -> Separation | None:
    if not options.separated:
        return None
    return Separation(profile, options.ink_limit, black_point=options.black_point)


@dataclass(frozen=True)
class Finish:
    """What a page still needs.

    Attributes:
        layers: the names used there, from the bottom to the top.
        note: the document's keywords; with them all layers but the lowest are locked.
        pages: documents of one page, by the names the content has for them.
        press: what it is made for.
        masks: areas of finishes, by the names the content has for them.
        fonts: typefaces of live text, by the names the content has for them.
    """

    layers: Sequence[NamedLayer]
    note: str = ""
    pages: Mapping[str, bytes] = field(default_factory=dict)
    press: Press | None = None
    masks: Mapping[str, Mask] = field(default_factory=dict)
    fonts: Mapping[str, LiveFont] = field(default_factory=dict)


def finish(source: io.BytesIO, target: FilePath, wanted: Finish) -> None:
    """Write a document again with its layers, all of them shown.

    Args:
        source: pages whose content stands between `/OC /name BDC` and `EMC`.
        target: a free path.
        wanted: what it needs.

    Raises:
        OSError: it cannot be written.
    """
    import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

    with pikepdf.open(source) as pdf:
        groups = {
            name: pdf.make_indirect(_group(pikepdf, name, label, kind)) for name, label, kind in wanted.layers
        }
        for page in pdf.pages:
            properties = {f"/{name}": group for name, group in groups.items()}
            page.obj.Resources.Properties = pikepdf.Dictionary(properties)
        add_pages(pdf, wanted.pages)
        add_masks(pdf, wanted.masks)
        add_fonts(pdf, wanted.fonts)
        _list_layers(pikepdf, pdf, list(groups.values()), locked=bool(wanted.note))
        _describe(pdf, wanted.note)
        if wanted.press is not None:
            wanted.press.apply(pdf)
        tag_colours(pdf)
        for page in pdf.pages:
            del page.obj["/Trans"]  # reportlab's: pages are turned in presentations
        with target.open("xb") as file:
            pdf.save(file, min_version="1.6", compress_streams=False)  # reportlab has compressed them


def _list_layers(pikepdf: Any, pdf: Any, groups: Sequence[Any], *, locked: bool) -> None:
    """All layers shown; where they are locked, the lowest is not."""
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array(groups),
        D=pikepdf.Dictionary(
            Name="Layers",
            Creator=str(pdf.docinfo.Creator),
            BaseState=pikepdf.Name.ON,
            ON=pikepdf.Array(groups),
            Order=pikepdf.Array(reversed(groups)),  # panes list what is on top first
        ),
    )
    pdf.Root.PageMode = pikepdf.Name.UseOC
    if locked:
        pdf.Root.OCProperties.D.Locked = pikepdf.Array(groups[1:])


def _group(pikepdf: Any, name: str, label: str, kind: LineType | AreaKind | None) -> Any:
    group = pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=label)
    step, step_type = _STEPS.get(kind, (None, None)) if kind else (None, None)
    if name == "legend":
        step = "Legend"
    if step:
        group.GTS_Metadata = pikepdf.Dictionary(GTS_ProcStepsGroup=pikepdf.Name(f"/{step}"))
        if step_type:
            group.GTS_Metadata.GTS_ProcStepsType = pikepdf.Name(f"/{step_type}")
    return group


def _describe(pdf: Any, keywords: str) -> None:
    # reportlab fills them with “anonymous” and the like; trapping is told in `name_document`.
    for key in ("/Author", "/Subject", "/Keywords", "/Trapped"):
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    if keywords:
        pdf.docinfo["/Keywords"] = keywords
    pdf.docinfo["/Producer"] = "ReportLab, pikepdf"
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata.load_from_docinfo(pdf.docinfo)
    name_document(pdf)
