"""Objects of the base design take what a row says, and nothing is painted anew for it."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from support.ranges import BLANK, CODES, OPTIONS, PROMPT, WORDS, Range, base_file

from packdesk.batch.making import expected_of
from packdesk.batch.outputs import product_of
from packdesk.batch.reading_back import differences
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Across, Barcode, Text
from packdesk.domain.pack_words import NO_WORDS, PackWords
from packdesk.services.ranges.orders import OutputKind
from packdesk.services.ranges.requests import panel_request
from packdesk.store.bundle.files import read_bundle
from packdesk.textures.codes import read_codes
from packdesk.textures.objects.bars import fitted

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from packdesk.sentence import Sentence

NO_NUMBER = "The row has no barcode number: its barcode is left off (back)."
NAME = Text(id="text-1", words="{brand}\n{product}", x=5, y=5, width=60, size=24, across=Across.LEFT)
CODE = Barcode(id="barcode-1", value="4006381333931", x=15, y=30)


@pytest.fixture(scope="module")
def base(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_file(tmp_path_factory.mktemp("objects"), {"front": [NAME], "back": [CODE]})


def test_words_and_codes_of_rows_stand_in_objects(tmp_path: Path, base: Path) -> None:
    options = OPTIONS.model_copy(update={"kinds": (OutputKind.PDF, OutputKind.BUNDLE)})
    table = f"brand;product;code;width\nSol Field;Tea;{CODES[0]};\nOtter;Soap;{CODES[1]};65"
    one = Range(tmp_path, base, table, options)
    plan = one.plan()
    assert plan.problems == ()
    assert plan.paintings == 0
    records = [one.maker().make(order)[0] for order in plan.orders]
    assert [(record.state, record.reason) for record in records] == [("made", ""), ("made", "")]
    for number, (brand, code) in enumerate([("Sol Field", CODES[0]), ("Otter", CODES[1])], 2):
        contents = read_bundle(one.out / f"{records[number - 2].name}.packdesk")
        assert contents.damages == ()
        (text,) = contents.objects["front"].kept.recipe.texts
        assert text.words.startswith(brand)
        assert f"EAN-13 {code}" in (read_codes(contents.pictures["back"].clean.png) or ())


def test_objects_on_bare_board_beside_pictures(tmp_path: Path, qapp: QApplication) -> None:
    """There is no picture beneath them: a transparent one of few pixels was told to be too coarse."""
    del qapp
    file = base_file(tmp_path, {"front": [NAME], "back": [CODE]}, bare=["front", "back"])
    one = Range(tmp_path, file, f"brand;product;code\nSol Field;Tea;{CODES[0]}")
    record, _ = one.maker().make(one.plan().orders[0])
    assert (record.state, record.reason) == ("made", "")
    with pikepdf.open(one.out / f"{record.name}.pdf") as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    assert sum(each.get("/Subtype") == "/Image" for each in streams) == 3, "left and right are one"


def test_a_code_the_row_has_nothing_for_is_told(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    link = Barcode(id="link", symbology=Symbology.QR, value="{weight}", x=10, y=10)
    one = Range(tmp_path, base_file(tmp_path, {"back": [fitted(link)]}), "product\nTea")
    record, _ = one.maker().make(one.plan().orders[0])
    assert record.reason == (
        "A code of the base design shows {weight}, and the row has nothing there. "
        "Fill the cell, add a column for it, or take the code off the base design."
    )


def test_lettering_that_is_a_word_on_the_pack_follows_the_row(tmp_path: Path, qapp: QApplication) -> None:
    """The base design's name stood on every product, untold."""
    del qapp
    words = PackWords(brand="Sol Field", product="Tea", net_weight="100 g")
    name = NAME.model_copy(update={"words": "Sol Field\nTea"})
    weight = NAME.model_copy(update={"id": "text-2", "words": "Tea, 100 g", "y": 60.0})
    file = base_file(tmp_path, {"front": [name, weight]}, words=words)
    one = Range(tmp_path, file, "brand;product;weight\nSol Field;Tea;100 g\nOtter;Soap;250 g")
    plan = one.plan()
    assert list(map(str, plan.notes)) == [
        "“Tea, 100 g” (front) has words of the base design (product, weight), and stays on every product."
    ]
    artwork = [asyncio.run(one.maker().artist.artwork(order)) for order in plan.orders]
    said = [[text.words for text in made.bundled["front"].kept.recipe.texts] for made in artwork]
    assert said == [["Sol Field\nTea", "Tea, 100 g"], ["Otter\nSoap", "Tea, 100 g"]]
    one.table.write_text("width\n72", "utf-8")
    assert one.plan().notes == ()


def test_a_column_that_stands_on_no_product_is_told(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    file = base_file(tmp_path, {"front": [NAME]}, words=NO_WORDS, imported=True)
    one = Range(tmp_path, file, "brand;product;Gewicht\nSol Field;Tea;100 g\nOtter;Soap;")
    told = "The column “Gewicht” is not printed on 1 of 2 products: nothing shows it."
    assert list(map(str, one.plan().notes)) == [told]
    one.table.write_text("brand;product;Gewicht\nSol Field;Tea;100 g", "utf-8")
    assert list(map(str, one.plan().notes)) == [
        "The column “Gewicht” is printed on no product: nothing shows it."
    ]


def test_codes_wait_for_the_number_of_a_row(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    waits = CODE.model_copy(update={"symbology": Symbology.ITF14, "value": "{code}", "magnification": 80})
    waits = waits.model_copy(update={"x": 2.0})
    base = base_file(tmp_path, {"back": [fitted(waits)]})
    one = Range(tmp_path, base, f"brand;code\nSol;{CODES[0]}\nOtter;\nKoeln;14006381333938")
    records = [one.maker().make(order)[0] for order in one.plan().orders]
    assert [(record.state, record.reason) for record in records] == [
        ("made", ""),
        ("made", ""),
        ("made", ""),  # a number of its own fourteen digits, and read back
    ]
    assert records[1].notes == (NO_NUMBER,), "an empty cell leaves its bars off"


def test_a_product_without_a_number_has_not_that_of_another(tmp_path: Path, base: Path) -> None:
    options = OPTIONS.model_copy(update={"kinds": (OutputKind.BUNDLE,)})
    one = Range(tmp_path, base, f"brand;product;code\nSol;Tea;{CODES[0]}\nOtter;Tea;", options)
    plan = one.plan()
    assert plan.notes == ("Row 3 has no barcode number: its barcode is left off (back).",)
    sol, otter = [one.maker().make(order)[0] for order in plan.orders]
    assert (sol.notes, otter.notes) == ((), (NO_NUMBER,))
    contents = read_bundle(one.out / f"{otter.name}.packdesk")
    (code,) = contents.objects["back"].kept.recipe.objects
    assert isinstance(code, Barcode)
    assert (code.hidden, code.value) == (True, "{code}")
    assert not read_codes(contents.pictures["back"].clean.png)

    one.table.write_text("brand;product\nSol;Tea\nOtter;Tea", "utf-8")
    told = "The table has no column for barcode numbers: all products have the base design's (4006381333931)."
    assert one.plan().notes == (told,)


def test_painted_words_that_objects_show_are_painted_over(tmp_path: Path, qapp: QApplication) -> None:
    """Panels with such objects get a plate for them, once for all rows; others say what the row says."""
    del qapp
    objects: dict[str, list[Barcode | Text]] = {"front": [NAME], "back": [CODE]}
    file = base_file(tmp_path, objects, words=WORDS)
    table = f"brand;code\nKoeln;{CODES[0]}\nOtter;{CODES[1]}\nSol Field;{WORDS.barcode}"
    one = Range(tmp_path, file, table)
    plan = one.plan()
    assert [order.name for order in plan.orders] == ["Koeln-Tea-2", "Otter-Tea-3", "Sol Field-Tea-4"]
    assert plan.orders[0].prompts.keys() == {"front", "back", "left", "right", "top", "bottom"}
    assert plan.paintings == 2 + 3 * 4
    assert plan.orders[2].prompts == plan.orders[0].prompts, "or one range would look two ways"
    artwork = asyncio.run(one.maker().artist.artwork(plan.orders[0]))
    plain = Range(tmp_path, base_file(tmp_path, words=WORDS), table)
    wanted = asyncio.run(plain.maker().artist.artwork(plain.plan().orders[0]))
    assert artwork.pictures["left"] == wanted.pictures["left"], "lettered as without objects"
    request = panel_request(
        plan.orders[0].row, "front", PROMPT, base=one.base, options=OPTIONS, profile=one.provider.profile
    )
    assert (request.room != (), request.words and request.words.said()) == (True, {})
    one.table.write_text(f"brand;code;width\nSol Field;{WORDS.barcode};72", "utf-8")
    assert one.plan().orders[0].prompts == {}, "where no row says another thing, what is said already stays"


def test_words_that_only_objects_have_are_painted_nowhere(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, f"brand;code;prompt\nKoeln;{CODES[0]};{PROMPT}")
    order = one.plan().orders[0]
    assert order.prompts.keys() == {"front", "back", "left", "right", "top", "bottom"}
    left = panel_request(
        order.row, "left", PROMPT, base=one.base, options=OPTIONS, profile=one.provider.profile
    )
    assert left.words is not None
    assert left.words.said() == {}


def test_painted_pictures_without_the_word_that_changes_are_no_imported_ones(
    tmp_path: Path, qapp: QApplication
) -> None:
    """The brand stands on all of them, and the number, which is another row's, on two."""
    del qapp
    file = base_file(tmp_path, {"back": [CODE]}, words=WORDS)
    assert Range(tmp_path, file, f"code\n{CODES[0]}").plan().notes == ()


def test_words_in_imported_pictures_are_worth_a_look(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    one = Range(
        tmp_path,
        base_file(tmp_path, {"front": [NAME]}, words=WORDS, imported=True),
        "brand\nKoeln\nSol Field",
    )
    plan = one.plan()
    told = (
        "The imported pictures stay as they are (back, left, right, top, bottom): "
        "words in them may not be the row's (brand)."
    )
    assert plan.notes == (told,)
    records = [one.maker().make(order)[0] for order in plan.orders]
    assert [record.notes for record in records] == [(told,), ()]


def test_a_package_of_another_type_has_no_objects_and_is_lettered(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, "brand;type\nKoeln;cylinder")
    (order,) = one.plan().orders
    request = panel_request(
        order.row, "body", PROMPT, base=one.base, options=OPTIONS, profile=one.provider.profile
    )
    assert request.words is not None
    assert request.words.brand == "Koeln"


def test_words_that_do_not_fit_or_cannot_be_set_fail_the_row(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, f"brand;product\n{'W ' * 95};x\nSol \U0001f375;x\nSol;x")
    records = [one.maker().make(order)[0] for order in one.plan().orders]
    assert [record.state for record in records] == ["failed", "failed", "made"]
    assert "reaches over the edge of its panel" in records[0].reason
    assert "cannot be set in the fonts here" in records[1].reason


def test_lettering_is_so_small_that_no_word_is_broken(tmp_path: Path, base: Path) -> None:
    """And is looked for in that size in the PDF; a word that would be too small is broken, and told."""
    long = "Donaudampfschifffahrt"
    one = Range(tmp_path, base, f"brand;product\nDonau-Dampf;Tea\n{long};Tea\n{2 * long};Tea")
    orders = one.plan().orders
    records = [one.maker().make(order)[0] for order in orders]
    assert [(record.state, record.reason) for record in records] == [("made", "")] * 3
    told = [[note for note in record.notes if "broken" in note] for record in records]
    assert told == [
        [],
        [f"“{long} Tea” is set at 69 % of its size, so that no word is broken."],
        [f"The word “{(2 * long)[:39]}…” takes 290 % of the width of its box, and is broken."],
    ]
    small = asyncio.run(one.maker().artist.artwork(orders[1])).bundled["front"].kept.recipe.texts[0]
    assert small.size == 16.5


def test_a_field_that_nothing_fills_is_told_before(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    words = "No. {row} {colour} {weight}"
    base = base_file(tmp_path, {"front": [NAME.model_copy(update={"words": words})]})
    options = OPTIONS.model_copy(update={"kinds": (OutputKind.PDF, OutputKind.BUNDLE)})
    one = Range(tmp_path, base, "brand\nSol\nOtter", options)
    unknown = f"“{words}” (front): {{colour}} is no field of a table, and is printed as it stands."
    empty = f"“{words}” (front): the table has no column for {{weight}}, and nothing is printed there."
    assert one.plan("{brand}").notes == (empty, unknown)
    records = [one.maker().make(order)[0] for order in one.plan("{brand}").orders]
    assert [(record.state, record.reason) for record in records] == [("made", "")] * 2
    assert unknown in records[1].notes
    (text,) = read_bundle(one.out / "Otter.packdesk").objects["front"].kept.recipe.texts
    assert text.words == "No. 3 {colour} "

    one.table.write_text("brand\nOtter\nSol", "utf-8")
    assert one.maker().make(one.plan("{brand}").orders[0])[1], "its row has another number now"


def moved_words(content: bytes) -> bytes:
    """A third of a millimetre to the right: one point."""
    return MATRIX.sub(
        lambda found: b"%s %.4f %s cm" % (found[1], float(found[2]) + 1, found[3]), content, count=1
    )


def no_words(content: bytes) -> bytes:
    return content.replace(b" f", b" n", 1)


MATRIX = re.compile(rb"((?:-?[\d.]+ ){3}-?[\d.]+) (-?[\d.]+) (-?[\d.]+) cm(?=[^Q]*? c )")


def test_words_in_a_pdf_are_those_of_the_row(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, "brand;product\nSol Field;Tea\nSol Fields;Tea")
    maker, expected = one.maker(), []
    for order in one.plan().orders:
        assert maker.make(order)[0].reason == ""
        artwork = asyncio.run(maker.artist.artwork(order))
        expected.append(expected_of(product_of(order, one.base, artwork, BLANK), one.base))
    files = [one.out / f"{order.name}.pdf" for order in one.plan().orders]
    assert [laid.words for laid in expected[0].words] == ["Sol Field\nTea"]
    told = ["The words “Sol Field Tea” are not in the PDF as the row says them."]
    assert [map_str(differences(file, one)) for file, one in zip(files, expected, strict=True)] == [[], []]
    assert map_str(differences(files[1], expected[0])) == told, "other words"
    for plant in (moved_words, no_words):
        with pikepdf.open(files[0]) as pdf:
            before = pdf.pages[0].Contents.read_bytes()
            after = plant(before)
            assert after != before
            pdf.pages[0].Contents = pdf.make_stream(after)
            pdf.save(tmp_path / "planted.pdf")
        assert map_str(differences(tmp_path / "planted.pdf", expected[0])) == told, plant.__name__


def map_str(sentences: list[Sentence]) -> list[str]:
    return [" ".join(str(one).split()) for one in sentences]
