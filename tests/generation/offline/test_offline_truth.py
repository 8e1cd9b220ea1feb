"""What the user says stands on the pack, whole or told; nothing else does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.pack_words import PackWords
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.generation.offline import bands, labels, lettering, stack
from packdesk.generation.offline.barcode import modules
from packdesk.generation.offline.lettering import Face, Lettering, ensure_typefaces, set_line, settable
from packdesk.generation.offline.panels import paint_and_tell
from packdesk.generation.offline.plates import RECTANGLE, LabelPlate
from packdesk.generation.offline.style import read_prompt

pytestmark = pytest.mark.usefixtures("qapp")
BOX = Dimensions(width=100, height=150, depth=60)
GRANDMOTHER = "Grandmother Old-Fashioned Oatmeal Raisin Cookies"


def request(panel_id: str, words: PackWords, box: Dimensions = BOX) -> PanelRequest:
    size = panel_sizes("box", box)[panel_id]
    return PanelRequest(
        prompt="dots",
        panel_id=panel_id,
        size=size,
        package_type="box",
        package_dimensions=box,
        dpi=36,
        words=words,
    )


def painted_texts(monkeypatch: pytest.MonkeyPatch, panel_id: str, words: PackWords) -> set[str]:
    """Every text that was set for a panel, in capitals."""
    texts: set[str] = set()

    def noted(text: str, face: Face, tracking: float = 0.0) -> Lettering:
        texts.add(text.upper())
        return set_line(text, face, tracking)

    for module in (labels, bands, lettering):
        monkeypatch.setattr(module, "set_line", noted)
    paint_and_tell(request(panel_id, words))
    return texts


@pytest.mark.parametrize("panel_id", ["front", "back", "left", "top", "bottom"])
def test_nothing_is_invented(monkeypatch: pytest.MonkeyPatch, panel_id: str) -> None:
    assert painted_texts(monkeypatch, panel_id, PackWords()) == set()


def test_only_what_was_said_is_on_the_front(monkeypatch: pytest.MonkeyPatch) -> None:
    words = PackWords(brand="Sol", product="Tea", line="Mild", net_weight="250 g")
    texts = painted_texts(monkeypatch, "front", words)
    said = {"SOL", "TEA", "MILD", "250 G"}
    assert said <= texts
    assert all(any(text in one for one in said) for text in texts), "and trials of their parts"


def test_sample_text_fills_in_only_what_is_empty() -> None:
    style = read_prompt("dots tea", 0, PackWords(brand="Sol", net_weight="7 kg", sample=True))
    assert (style.brand, style.wording.amount, style.wording.product) == ("Sol", "7 kg", "Playful Tea")
    plain = read_prompt("dots tea", 0, PackWords(brand="Sol"))
    assert {plain.wording.product, plain.wording.tagline, plain.wording.batch, plain.wording.amount} == {""}
    assert labels.code_number(plain) == ""


def test_a_long_name_is_whole_and_large_enough() -> None:
    _, notes, _ = paint_and_tell(request("front", PackWords(brand=GRANDMOTHER)))
    assert notes == ()


def test_what_became_too_small_or_cannot_be_set_is_told() -> None:
    _, notes, _ = paint_and_tell(request("front", PackWords(brand="x" * 190)))
    assert "mm high on the front panel." in notes[0]
    _, notes, _ = paint_and_tell(request("front", PackWords(brand="Yu\U00016b90zu")))
    assert "without the characters no font has" in notes[0]
    _, notes, _ = paint_and_tell(request("back", PackWords(brand="Sol", line="x" * 190)))
    assert "mm high on the back panel." in notes[0], "every panel tells, not the first only"


@pytest.mark.parametrize(
    ("name", "drawn", "left_out"),
    [
        ("Чай", "ЧАЙ", []),
        ("\U0010fffd", "", []),  # no character: it is only said to be missing
        ("茶\U000f0000の葉 Yuzu 🌾", "YUZU", ["茶の葉", "🌾"]),
    ],
)
def test_no_box_is_printed_for_what_no_font_has(
    monkeypatch: pytest.MonkeyPatch, name: str, drawn: str, left_out: list[str]
) -> None:
    monkeypatch.setattr(lettering, "_has_ink", lambda char, _face: ord(char) < 0x3000)
    words = PackWords(brand=name)
    _, notes, _ = paint_and_tell(request("front", words))
    assert [note for note in notes if "cannot be set" in note] == [
        f"“{word}” cannot be set in the fonts here and was left out." for word in left_out
    ]
    texts = painted_texts(monkeypatch, "front", words)
    assert texts <= {drawn}
    assert bool(drawn) == bool(texts)


def test_a_font_without_a_character_has_a_box_for_it() -> None:
    ensure_typefaces()
    assert lettering.can_be_set("Käse – 250 g", lettering.SANS)
    assert not lettering.can_be_set("\U0001fbff\U0003134f", lettering.SANS), "in no font of any computer"
    assert settable("Чай")


def test_a_barcode_too_small_for_a_till_is_told() -> None:
    code = PackWords(barcode="4006381333931")
    assert paint_and_tell(request("bottom", code)).notes == ()
    (note,) = paint_and_tell(request("bottom", code, Dimensions(width=30, height=60, depth=20))).notes
    assert "tills need 80 %" in note


@pytest.mark.parametrize(
    ("number", "left"),
    [
        # By the table of the GS1 General Specifications, 5.2.1: first digit 4 is A B A A B B.
        ("4006381333931", "0001101 0100111 0101111 0111101 0001001 0110011"),
        ("0006381333935", "0001101 0001101 0101111 0111101 0110111 0011001"),
    ],
)
def test_the_bars_are_the_numbers(number: str, left: str) -> None:
    assert modules(number)[3:45] == left.replace(" ", "")


def test_rows_that_carry_the_users_words_are_never_dropped() -> None:
    style = read_prompt("dots", 0, PackWords(brand="Sol", product="Tea", line="Mild", net_weight="1 g"))
    plate = LabelPlate(RECTANGLE, QRectF(0, 0, 8, 3))
    rows = stack._kept(labels._front_rows(style, plate), 0.5)
    assert {row.says for row in rows if row.says} == {"brand", "product", "line", "net_weight"}
