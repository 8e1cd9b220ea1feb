"""Sentences of errors and of preflight in German, also those that come back from a design as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from packdesk.app.translations import use_language
from packdesk.errors import BadPictureError, GenerationFailedError
from packdesk.generation.gemini import faults
from packdesk.sentence import Sentence
from packdesk.services.batch import failure_sentence
from packdesk.store.faults import store_error
from packdesk.textures.check import clean_picture
from packdesk.ui.spoken import LONGEST, error_text, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    use_language(qapp, "de")
    yield qapp
    use_language(qapp, "en")
    QLocale.setDefault(before)


FAILED = faults.timed_out(90.5).full_text()
REFUSED = faults.prompt_refused("PROHIBITED_CONTENT").full_text()


def test_english_is_said_as_it_is(qapp: QApplication) -> None:
    del qapp
    assert spoken(FAILED) is FAILED


def test_numbers_are_written_as_in_german(german: QApplication) -> None:
    del german
    assert "in 90,5 Sekunden" in spoken(FAILED)
    long = Sentence("The prompt has {count:,} characters; {most:,} are possible.", count=12345, most=2000)
    assert spoken(long) == "Der Prompt hat 12.345 Zeichen; 2.000 sind möglich."


def test_an_error_has_both_its_sentences(german: QApplication) -> None:
    del german
    error = store_error("unreachable", "127.0.0.1:6379")
    assert error_text(error).startswith("Der Redis-Server 127.0.0.1:6379 ist nicht erreichbar. Ihn starten")


def test_a_sentence_within_a_sentence(german: QApplication) -> None:
    del german
    with pytest.raises(BadPictureError) as caught:
        clean_picture(b"GIF89a")
    unusable = faults.unusable_picture(caught.value.sentence)
    assert error_text(unusable).startswith(
        "Das Bild von Gemini ist nicht brauchbar. "
        "Das ist kein Bild, das packdesk lesen kann, sondern ein GIF-Bild."
    )


@pytest.mark.parametrize(
    ("failures", "says"),
    [
        (
            {"front": FAILED},
            "Kein Motiv für Front (1 von 6): Gemini hat in 90,5 Sekunden kein Bild geschickt.",
        ),
        ({"front": FAILED, "left": FAILED}, "Kein Motiv für Front, Links (2 von 6): Gemini hat"),
        ({"front": FAILED, "top": REFUSED}, "Kein Motiv für 2 von 6 Seiten. Front: Gemini hat"),
    ],
)
def test_a_failure_kept_in_a_design_is_recognised(
    german: QApplication, failures: dict[str, str], says: str
) -> None:
    del german
    made = failure_sentence(failures, 6)
    assert made
    assert spoken(made).startswith(says)
    kept = str.__str__(made)
    assert type(kept) is str
    assert spoken(kept) == spoken(made)
    assert spoken(f"{made}") == spoken(made)


@pytest.mark.parametrize(
    "text",
    [
        "No artwork for back: bad day",
        "CUDA out of memory. Try again. {oops}",
        "Try again. But not in our words.",
        "front: back: left:",
        "x. " * (LONGEST // 3 + 9),
    ],
)
def test_what_others_wrote_is_shown_as_it_is(german: QApplication, text: str) -> None:
    del german
    assert spoken(text) == text


def test_a_text_made_to_look_like_ours_takes_no_time_to_speak_of(german: QApplication) -> None:
    del german
    text = "No artwork for 9 of 9 panels. " + "front: 1 x 1 x 1 mm. " * 55
    assert spoken(text[:LONGEST]).startswith("Kein Motiv für 9 von 9 Seiten. front: 1 x")


def test_quoted_braces_stay_braces(german: QApplication) -> None:
    del german
    error = GenerationFailedError(Sentence("“{text}” is too vague to draw.", text="{panel}"))
    assert spoken(error.sentence) == "„{panel}“ ist zu unbestimmt für ein Motiv."
