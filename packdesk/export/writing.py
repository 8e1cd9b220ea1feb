"""Writes a design to a file of any kind."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.fold import stays_in_pieces
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.look import Look
from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import NotPossibleError, OutputUnwritableError
from packdesk.export.flat.area_plates import taking
from packdesk.export.flat.progress import Steps, silent
from packdesk.export.flat.sheet import NO_SHEETS, Sheet, inside_sheet
from packdesk.export.model import PackageModel, check_pictures_folder, obj_companions, write_glb, write_obj
from packdesk.export.options import ExportFormat, export_format
from packdesk.files import check_free, output_file
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.domain.sheet.whole import WholeArtwork
    from packdesk.domain.state import PackagingState
    from packdesk.export.flat.progress import Listener
    from packdesk.export.options import ExportOptions


def check_target(target: Path, *, force: bool, kind: ExportFormat | None = None) -> ExportFormat:
    """The kind of file, once it is sure that nothing is lost by writing it.

    Args:
        target: the file or folder.
        force: whether what is there may be replaced.
        kind: where its name does not say it.

    Raises:
        InvalidInputError: there is no such kind.
        OutputUnwritableError: something of that name is there already, or a folder of others.
    """
    kind = kind or export_format(target)
    if kind is ExportFormat.FOLDER and target.name not in {"", ".."} and not target.is_symlink():
        _check_folder(target)  # what --force would not replace either
    if kind is ExportFormat.OBJ:
        check_pictures_folder(obj_companions(target)[1])
    places = [target, *obj_companions(target)] if kind is ExportFormat.OBJ else [target]
    for place in places:
        check_free(place, force=force)
    return kind


@dataclass(frozen=True)
class Besides:
    """What a design is written with besides its panels' pictures.

    Attributes:
        whole: artwork of the whole blank.
        objects: what panels with objects show, taken apart, for files that hold paths.
        areas: finishes on parts of panels, for files that have plates for them.
        inside: the pictures of the inside by panel, for files that show it.
    """

    whole: WholeArtwork = NO_SHEETS
    objects: Mapping[str, ShownObjects] = field(default_factory=dict, repr=False)
    areas: tuple[AreaFinish, ...] = ()
    inside: Mapping[str, bytes] = field(default_factory=dict, repr=False)


NOTHING_BESIDES = Besides()


def write_design(
    state: PackagingState,
    artwork: Mapping[str, bytes],
    target: Path,
    options: ExportOptions,
    progress: Listener = silent,
    *,
    besides: Besides = NOTHING_BESIDES,
    kind: ExportFormat | None = None,
    name: str = "",
) -> None:
    """Write a design to a file; what is there is replaced. Slow.

    A bundle, a review page and a proof sheet need more than the design, and are written elsewhere.

    Args:
        state: the design.
        artwork: checked PNG by panel.
        target: the file or folder; its ending says which kind.
        options: how it is made.
        progress: told how many steps of how many are done, for kinds that have steps.
        besides: what there is besides the panels' pictures.
        kind: of the file, where its name does not say it.
        name: of the product; it stands before type and size in the title.

    Raises:
        InvalidInputError: there is no such kind, or an option is impossible.
        BadPictureError: artwork cannot be decoded.
        OutputUnwritableError: it cannot be written.
    """
    kind = kind or export_format(target)
    if kind.is_model:
        write_model = write_glb if kind is ExportFormat.GLB else write_obj
        write_model(_model(state, artwork, besides, options, sheet_title(state, name)), target)
        return
    dieline = make_dieline(state.package_type, state.package_dimensions, options.dieline)
    title = sheet_title(state, name)
    areas = taking(besides.areas, artwork)
    sheet = Sheet(dieline, artwork, title, besides.whole, besides.objects, areas)
    _write_sheet(kind, _sided(sheet, besides.inside, options), target, options, progress)


def _sided(sheet: Sheet, inside: Mapping[str, bytes], options: ExportOptions) -> Sheet:
    """With its other side, where that is printed, or that side alone."""
    back = inside_sheet(sheet.dieline, inside, sheet.title)
    return back if options.flat.inside else replace(sheet, back=back if inside else None)


def sheet_title(state: PackagingState, name: str = "") -> str:
    """What a sheet is called: type and manufacturing size, after the product's name where it has one."""
    size = " x ".join(f"{side:g}" for side in state.package_dimensions.as_tuple())
    title = f"{state.package_type.capitalize()} {size} mm"
    return f"{name}, {title}" if name else title


def _model(
    state: PackagingState,
    artwork: Mapping[str, bytes],
    besides: Besides,
    options: ExportOptions,
    title: str,
) -> PackageModel:
    """The model, as large as the package is: with a board its outside, a cylinder with its sunk discs."""
    shown, kind, asked = options.model, state.package_type, state.package_dimensions
    look = shown.look or Look()
    if shown.flaps or stays_in_pieces(kind, options.dieline):
        blank = make_dieline(kind, asked, options.dieline)
        share = shown.folded if shown.flaps and shown.folded is not None else 1.0
        pieces = PackageModel(kind, blank.manufacturing, artwork, look, title, blank, share)
        return replace(pieces, inside=besides.inside, areas=besides.areas)
    size = sizes_of(kind, asked, options.dieline).outside if options.dieline.board else asked
    return PackageModel(kind, size, artwork, look, title, areas=besides.areas)


def _write_sheet(
    kind: ExportFormat, sheet: Sheet, target: Path, options: ExportOptions, progress: Listener
) -> None:
    # Each brings a library of its own.
    if kind is ExportFormat.PDF:
        from packdesk.export.flat.pdf import write_pdf  # noqa: PLC0415  (see above)

        write_pdf(sheet, target, options.flat, progress)
    elif kind is ExportFormat.SVG:
        from packdesk.export.flat.svg import write_svg  # noqa: PLC0415  (see above)

        write_svg(sheet, target, options.flat, progress)
    elif kind is ExportFormat.DXF:
        from packdesk.export.flat.dxf import write_dxf  # noqa: PLC0415  (see above)

        write_dxf(sheet, target, options.flat)
    elif kind is ExportFormat.CF2:
        from packdesk.export.flat.cf2 import write_cf2  # noqa: PLC0415  (see above)
        from packdesk.export.flat.line_table import read_line_table  # noqa: PLC0415  (see above)

        write_cf2(sheet, target, read_line_table(options.line_table))
    elif kind is ExportFormat.PNG:
        from packdesk.export.flat.png import write_flat_png  # noqa: PLC0415  (see above)

        write_flat_png(sheet, target, options.dpi, options.flat, lines=options.lines, progress=progress)
    else:
        write_panels(sheet, target, progress)


_NAMES = {f"{panel_id}.png" for panel_ids in PANEL_IDS.values() for panel_id in panel_ids}
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP file can name: the same pictures make the same file."""


def write_panels(sheet: Sheet, target: Path, progress: Listener = silent) -> None:
    """Write every panel's picture as `front.png` and so on, at its own resolution and unchanged.

    Args:
        sheet: its artwork is written.
        target: `name.zip`, or a folder, which has no suffix. What is there is replaced, a folder only if it
            holds nothing but such pictures.
        progress: told how many pictures of how many are written.

    Raises:
        NotPossibleError: no panel carries artwork.
        OutputUnwritableError: it cannot be written.
    """
    pictures = [
        (f"{panel.panel_id}.png", sheet.artwork[panel.panel_id])
        for panel in sheet.dieline.panels
        if panel.panel_id in sheet.artwork
    ]
    if not pictures:
        raise NotPossibleError("No panel carries artwork.", "Generate or import some first.")
    steps = Steps(progress, len(pictures))
    if target.suffix.lower() == ".zip":
        _write_zip(pictures, target, steps)
    else:
        _write_folder(pictures, target, steps)


def _write_zip(pictures: list[tuple[str, bytes]], target: Path, steps: Steps) -> None:
    with output_file(target) as path, zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        for name, png in pictures:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, png)
            steps.step()


def _check_folder(target: Path) -> None:
    try:
        strange = target.is_dir() and not {entry.name for entry in target.iterdir()} <= _NAMES
    except OSError:  # nobody may look into it
        strange = True
    if strange:
        raise OutputUnwritableError(
            Sentence("{target} was not replaced: it holds other files than panels.", target=target),
            "Name another folder.",
        )


def _write_folder(pictures: list[tuple[str, bytes]], target: Path, steps: Steps) -> None:
    with output_file(target, folder=True) as path:
        _check_folder(target)
        path.mkdir()
        for name, png in pictures:
            (path / name).write_bytes(png)
            steps.step()
