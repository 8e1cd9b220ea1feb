"""Files of the kinds that are decoded apart, changed at random: how many are taken, refused, ended.

    python benchmarks/mutated_files.py [COUNT [KIND]]

Each file is decoded as at the door, but the process is forked to save time.
A fault of the decoder ends that process only; one that reached this one would end the run.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))


from support.foreign_files import avif, heic, pdf, psd, svg, tiff
from support.pdf_parts import document
from support.supplied import dxf

from packdesk.dielines import dxf as _dxf
from packdesk.dielines import pdf as _lines
from packdesk.dielines import svg as _shapes
from packdesk.dielines.reading import dieline_in
from packdesk.errors import BadDielineError, BadPictureError
from packdesk.textures.check import clean_artwork, clean_sheet
from packdesk.textures.foreign import pdf as _pdf
from packdesk.textures.foreign import svg as _svg
from packdesk.textures.foreign.decoding import page_apart
from packdesk.textures.foreign.parts import page_alone, parts_of
from packdesk.textures.incoming import Part
from packdesk.textures.kinds import PDF, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 600
LOADED = _pdf, _svg, _dxf, _lines, _shapes
DRAWN = (
    "<defs><linearGradient id='g'><stop offset='0' stop-color='red'/><stop offset='1'/></linearGradient>"
    "<clipPath id='c'><circle cx='50' cy='50' r='40'/></clipPath>"
    "<filter id='f'><feGaussianBlur stdDeviation='3'/></filter></defs>"
    "<g clip-path='url(#c)' filter='url(#f)'><rect width='99' height='99' fill='url(#g)'/>"
    "<path d='M5 5C20 80 90 10 95 95Z' fill='#0a0' stroke='blue' stroke-width='3'/></g>"
)
WORDS = "BT /F 20 Tf 5 50 Td (Oats) Tj ET 0 0.9 0.8 0 k 20 20 90 60 re f "
WORDS += "q 60 0 0 60 40 30 cm 0 1 0 rg 0 0 1 1 re f Q"


def packed_tiff() -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((64, 40), 50).convert("CMYK").save(buffer, "TIFF", compression="tiff_lzw")
    return buffer.getvalue()


def sheet_of(data: bytes) -> None:
    """As artwork of a whole blank, which comes alone as a page, too."""
    clean_sheet(data)
    if kind_of(data) == PDF:
        page_apart(data)


PINK = "<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [1 0 1] /N 1 >>"
SPOTS = f"/A [/Separation /CutContour /DeviceRGB {PINK}] /B [/Separation /Gold /DeviceCMYK {PINK}]"
INKS = f"/ColorSpace << {SPOTS} >>"
INKED = "q /A cs 1 scn 5 5 40 40 re f /B CS 0.5 SCN 3 w 50 50 m 90 90 l S Q 0.1 0.2 0.3 0.4 k 60 5 20 20 re B"
LINES = "q 2 0 0 2 5 5 cm /A CS 1 SCN 0 0 m 0 22 17 40 40 40 c 40 9 l h S Q 9 9 30 30 re S 1 1 m 9 1 l S"
SHAPES = (
    "<g id='Cut' transform='translate(5 5) rotate(5)' fill='none' stroke='red'>"
    "<rect width='30' height='20' rx='3'/><circle r='9'/><polyline points='1 1 2 2 3 1'/>"
    "<path d='M0 0a5 5 0 0 1 5 5q3 3 6 0t6 0c1 1 2 2 3 0z'/></g>"
)


def second_page(data: bytes) -> None:
    parts_of(data)
    clean_artwork(page_alone(data, Part(2, frozenset({"Art"}))))


def lines(data: bytes) -> None:
    dieline_in(data, "dieline")


KINDS = {
    "TIFF": tiff,
    "TIFF, LZW": packed_tiff,
    "AVIF": avif,
    "PSD": psd,
    "PSD, 16 bits": lambda: psd(depth=16),
    "PDF": lambda: pdf(WORDS, more="/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"),
    "SVG": lambda: svg(DRAWN, "viewBox='0 0 100 100'"),
    "HEIC": heic,
    "PDF, inks": lambda: pdf(INKED, box="0 0 99 99", more=INKS),
    "PDF, a page and a layer": lambda: document(layers=("Art", "Guides")),
    "PDF, dieline": lambda: pdf(LINES, box="0 0 99 99", more=INKS),
    "SVG, dieline": lambda: svg(SHAPES),
    "TIFF, whole blank": tiff,
    "DXF, dieline": lambda: dxf(4),
    "DXF in binary, dieline": lambda: dxf(4, binary=True),
}
KINDS |= {f"{kind}, whole blank": KINDS[kind] for kind in ("PDF", "SVG")}
TAKEN_BY: dict[str, Callable[[bytes], object]] = {"PDF, a page and a layer": second_page}
TAKEN_BY |= {kind: sheet_of for kind in KINDS if kind.endswith("whole blank")}
TAKEN_BY |= {kind: lines for kind in KINDS if kind.endswith("dieline")}


def changed(data: bytes, random: np.random.Generator) -> bytes:
    """Some bytes others, and perhaps some gone or twice; the first four tell what it is and stay."""
    array = bytearray(data)
    for _ in range(int(random.integers(1, 12))):
        at = int(random.integers(4, len(array)))
        kind = random.integers(0, 4)
        if kind == 0:
            del array[at : at + int(random.integers(1, 40))]
        elif kind == 1:
            array[at:at] = array[at : at + int(random.integers(1, 40))]
        else:
            array[at] = int(random.integers(0, 256))
        if len(array) < 20:
            break
    return bytes(array)


def run(kind: str, count: int) -> tuple[Counter[str], float]:
    random, told, longest = np.random.default_rng(len(kind)), Counter[str](), 0.0
    whole = KINDS[kind]()
    for _ in range(count):
        begun = time.perf_counter()
        try:
            TAKEN_BY.get(kind, clean_artwork)(changed(whole, random))
            told["taken"] += 1
        except (BadPictureError, BadDielineError) as error:
            told["ended" if "too much" in error.sentence else "refused"] += 1
        longest = max(longest, time.perf_counter() - begun)
    return told, longest


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    wanted = sys.argv[2:] or list(KINDS)
    forking = multiprocessing.get_context("fork")
    print("| kind | taken | refused | ended | longest | peak memory |\n|---|---|---|---|---|---|")
    with mock.patch("multiprocessing.get_context", return_value=forking):
        for kind in wanted:
            told, longest = run(kind, count)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            numbers = " | ".join(str(told[word]) for word in ("taken", "refused", "ended"))
            print(f"| {kind} | {numbers} | {longest:.1f} s | {peak:.0f} MB |", flush=True)


if __name__ == "__main__":
    main()
