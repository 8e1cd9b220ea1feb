"""A sentence is its English text, and remembers its parts."""

from __future__ import annotations

import json
import pickle

from packdesk.errors import BrokenAnswerError, GenerationFailedError
from packdesk.sentence import Sentence, joined


def test_a_sentence_is_its_english_text() -> None:
    told = Sentence("Gemini sent no picture within {seconds:g} seconds.", seconds=90.0)
    assert told == "Gemini sent no picture within 90 seconds."
    assert json.dumps([told]) == '["Gemini sent no picture within 90 seconds."]'


def test_values_are_not_read_as_templates() -> None:
    assert Sentence("“{text}” is too vague.", text="{text} {0.__class__}") == (
        "“{text} {0.__class__}” is too vague."
    )


def test_what_is_joined_remembers_its_parts() -> None:
    told = Sentence("{count} of {total}", count=1, total=2)
    both = joined(told, "", "Try again.")
    assert both == "1 of 2 Try again."
    assert isinstance(both, Sentence)
    assert list(both.values.values()) == [told, "Try again."]
    assert joined("", told) is told
    assert joined() == ""


def test_an_error_comes_whole_out_of_another_process() -> None:
    error = BrokenAnswerError(Sentence("The picture from Gemini cannot be used. {sentence}", sentence="Bad."))
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, GenerationFailedError)
    assert isinstance(again.sentence, Sentence)
    assert (again.sentence.values, again.full_text()) == ({"sentence": "Bad."}, error.full_text())
