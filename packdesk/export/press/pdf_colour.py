"""Says in a PDF which colours its numbers mean, and for which press it was made.

An untagged red is whatever the reading program takes for one. Pictures get sRGB's profile (ISO 32000-1,
8.6.5.5), vectors that came in as plain RGB the default colour space of their resources (8.6.5.6).
"""

from __future__ import annotations

import uuid
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from packdesk.textures.profiles import srgb_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.export.press.inks import Separation
    from packdesk.export.press.profile import PressProfile

_LEVEL = 4
"""Of compression: as small as 6 within a twentieth, in half the time."""
X4 = "PDF/X-4"


def tag_colours(pdf: Any) -> None:
    """Tag every picture and every vector in plain RGB as sRGB."""
    import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

    srgb = _icc_based(pikepdf, pdf, srgb_profile(), 3)
    for image in _plain_pictures(pikepdf, pdf):
        image.ColorSpace = srgb
    for resources in _all_resources(pikepdf, pdf):
        if "/ColorSpace" not in resources:
            resources.ColorSpace = pikepdf.Dictionary()
        if "/DefaultRGB" not in resources.ColorSpace:
            resources.ColorSpace.DefaultRGB = srgb


def separate_pictures(pdf: Any, separation: Separation) -> None:
    """Convert every picture in plain RGB to the inks of a press; what is transparent stays so."""
    import pikepdf  # noqa: PLC0415  (as above)

    for image in list(_plain_pictures(pikepdf, pdf)):
        shape = int(image.Height), int(image.Width), 3
        pixels = np.frombuffer(image.read_bytes(), np.uint8)
        if int(image.BitsPerComponent) != 8 or pixels.size != np.prod(shape):
            continue  # of a document that came in; it is tagged as the rest
        inks = separation.inks(pixels.reshape(shape))
        image.write(zlib.compress(inks.tobytes(), _LEVEL), filter=pikepdf.Name.FlateDecode)
        image.ColorSpace = pikepdf.Name.DeviceCMYK


def add_output_intent(pdf: Any, profile: PressProfile) -> None:
    """Name the press the file was made for (ISO 32000-1, 14.11.5) and the kind of file it is meant to be."""
    import pikepdf  # noqa: PLC0415  (as above)

    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFX,
        OutputConditionIdentifier=profile.name,
        Info=profile.name,
        DestOutputProfile=_profile_stream(pikepdf, pdf, profile.data, 4),
    )
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["pdfxid:GTS_PDFXVersion"] = X4


def name_document(pdf: Any) -> None:
    """Say that nothing is trapped yet, and give the document the names XMP knows (ISO 16684-1, 8.4)."""
    import pikepdf  # noqa: PLC0415  (as above)

    pdf.docinfo["/Trapped"] = pikepdf.Name("/False")
    name = str(uuid.uuid5(uuid.NAMESPACE_OID, bytes(pdf.trailer.ID[0]).hex()))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["pdf:Trapped"] = "False"
        metadata["xmpMM:DocumentID"] = metadata["xmpMM:InstanceID"] = f"uuid:{name}"
        metadata["xmpMM:VersionID"] = "1"
        metadata["xmpMM:RenditionClass"] = "default"


def _plain_pictures(pikepdf: Any, pdf: Any) -> Iterator[Any]:
    for found in pdf.objects:
        if (
            isinstance(found, pikepdf.Stream)
            and found.get("/Subtype") == pikepdf.Name.Image
            and found.get("/ColorSpace") == pikepdf.Name.DeviceRGB
        ):
            yield found


def _all_resources(pikepdf: Any, pdf: Any) -> Iterator[Any]:
    """Of the pages, and of forms; a form without its own draws with those of its page."""
    for page in pdf.pages:
        yield page.obj.Resources
    for found in pdf.objects:
        is_form = isinstance(found, pikepdf.Stream) and found.get("/Subtype") == pikepdf.Name.Form
        if is_form and "/Resources" in found:
            yield found.Resources


def _icc_based(pikepdf: Any, pdf: Any, data: bytes, channels: int) -> Any:
    stream = _profile_stream(pikepdf, pdf, data, channels)
    return pdf.make_indirect(pikepdf.Array([pikepdf.Name.ICCBased, stream]))


def _profile_stream(pikepdf: Any, pdf: Any, data: bytes, channels: int) -> Any:
    stream = pdf.make_stream(b"", N=channels)
    stream.write(zlib.compress(data, 9), filter=pikepdf.Name.FlateDecode)
    return stream
