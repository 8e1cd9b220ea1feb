"""Faults planted in the print files of a range: how many are told of each kind, and of sound files.

Rows are made in this process; then every kind of fault is planted in as many files, at random. Needs the
extra `batch`.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from tables import table  # before `support`

# isort: split
from support.ranges import BLANK, OPTIONS, Range, base_file

from packdesk.app.display import painting
from packdesk.batch.making import expected_of
from packdesk.batch.outputs import product_of
from packdesk.batch.reading_back import Expected, differences
from packdesk.domain.objects.values import Text
from packdesk.domain.pack_words import check_digit

Plant = Callable[[pikepdf.Pdf, random.Random], None]


def moved_trim(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """By 0.02 to 2 mm, in one direction."""
    box = [float(value) for value in pdf.pages[0].TrimBox]
    by = rng.choice((-1, 1)) * rng.uniform(0.02, 2) * 72 / 25.4
    side = rng.choice((0, 1))
    box[side], box[side + 2] = box[side] + by, box[side + 2] + by
    pdf.pages[0].TrimBox = pikepdf.Array(box)


def larger_trim(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    box = [float(value) for value in pdf.pages[0].TrimBox]
    box[2] += rng.uniform(0.02, 2) * 72 / 25.4
    pdf.pages[0].TrimBox = pikepdf.Array(box)


def scaled_page(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """All of it, as print dialogs do that fit to the paper."""
    share = rng.uniform(0.9, 0.995)
    for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
        if name in pdf.pages[0]:
            pdf.pages[0][name] = pikepdf.Array([float(value) * share for value in pdf.pages[0][name]])


def coarse_picture(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    image = rng.choice(list(pdf.pages[0].Resources.XObject.values()))
    width, height = rng.randint(8, 200), rng.randint(8, 200)
    image.write(b"\x80" * (width * height * 3))
    image.Width, image.Height = width, height
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8


def lost_picture(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    places = [place for place in range(len(content)) if content.startswith(b" Do", place)]
    at = rng.choice(places)
    page.Contents = pdf.make_stream(content[:at] + b" n " + content[at + 3 :])


def another_page(pdf: pikepdf.Pdf, _: random.Random) -> None:
    pdf.pages.append(pdf.pages[0])


PDF_FAULTS: tuple[Plant, ...] = (
    moved_trim,
    larger_trim,
    scaled_page,
    coarse_picture,
    lost_picture,
    another_page,
)


def codes(count: int) -> list[str]:
    stems = [f"40063813{number:04d}" for number in range(count)]
    return [stem + check_digit(stem) for stem in stems]


def made_rows(one: Range) -> list[tuple[Path, Expected]]:
    maker, found = one.maker(), []
    for order in one.plan().orders:
        record, _ = maker.make(order)
        if record.state != "made":
            print(record.reason, file=sys.stderr)
        artwork = asyncio.run(maker.artist.artwork(order))
        expected = expected_of(product_of(order, one.base, artwork, BLANK), one.base)
        found.append((one.out / f"{order.name}.pdf", expected))
    return found


def worded(folder: Path, count: int) -> Range:
    """Words in objects, on two panels, one of them turned; two rows differ by a digit at least."""
    name = Text(id="text-1", words="{brand}\n{product}", x=5, y=5, width=60, size=18)
    weight = Text(id="text-2", words="net {weight}", x=12, y=40, width=30, size=10, turn=37.5)
    rows = "\n".join(f"Sol Field;Tea No. {row:03d};{100 + row} g" for row in range(count))
    base = base_file(folder, {"front": [name], "left": [weight]})
    return Range(folder, base, f"brand;product;weight\n{rows}", OPTIONS)


def planted(file: Path, plant: Plant, rng: random.Random, folder: Path) -> Path:
    target = folder / "planted.pdf"
    with pikepdf.open(file) as pdf:
        plant(pdf, rng)
        pdf.save(target)
    return target


def swapped(rows: list[tuple[Path, Expected]], count: int, rng: random.Random) -> int:
    """Files of other rows in the place of a row's: codes or words with one or more wrong digits."""
    found = 0
    for _ in range(count):
        (file, _), (_, expected) = rng.sample(rows, 2)
        found += bool(differences(file, expected))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20)
    parser.add_argument("--each", type=int, default=15)
    asked = parser.parse_args()
    rng = random.Random(20)
    with painting(), tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        rows = made_rows(Range(folder, base_file(folder), "EAN\n" + "\n".join(codes(asked.rows)), OPTIONS))
        (folder / "words").mkdir()
        words = made_rows(worded(folder / "words", asked.rows))
        told = sum(bool(differences(*row)) for row in (*rows, *words))
        lines = [
            ("sound files", len(rows) + len(words), told),
            ("another row's code", asked.each, swapped(rows, asked.each, rng)),
            ("another row's words", asked.each, swapped(words, asked.each, rng)),
        ]
        for plant in PDF_FAULTS:
            found = 0
            for _ in range(asked.each):
                file, expected = rng.choice(rows)
                found += bool(differences(planted(file, plant, rng, folder), expected))
            lines.append((plant.__name__.replace("_", " "), asked.each, found))
    table(("planted", "files", "told"), lines)
    return 0 if not told and all(files == found for _, files, found in lines[1:]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
