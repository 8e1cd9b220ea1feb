"""Which picture of an answer is taken, and what its absence means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from google.genai.types import GenerateContentResponse
from support.gemini_answers import picture_part, text_part

from packdesk.errors import BrokenAnswerError, PictureRefusedError
from packdesk.generation.gemini.answers import picture_in

if TYPE_CHECKING:
    from packdesk.errors import GenerationFailedError

DRAFT, EARLIER, FINAL = b"draft", b"earlier", b"final"


def answered(*parts: dict[str, Any], **more: Any) -> GenerateContentResponse:
    candidate = {"content": {"parts": list(parts), "role": "model"}, "finishReason": "STOP", **more}
    return GenerateContentResponse.model_validate({"candidates": [candidate]})


@pytest.mark.parametrize(
    "parts",
    [
        [picture_part(FINAL)],
        [picture_part(DRAFT, thought=True), picture_part(FINAL)],
        [picture_part(FINAL), picture_part(DRAFT, thought=True)],
        [picture_part(EARLIER), text_part("Better so:"), picture_part(FINAL)],
        [picture_part(FINAL), picture_part(b"")],
        [picture_part(FINAL, mime="text/plain"), text_part("Here it is.")],
    ],
    ids=["alone", "draft first", "draft last", "two", "an empty one last", "words last"],
)
def test_the_last_picture_that_is_no_draft_is_taken(parts: list[dict[str, Any]]) -> None:
    assert picture_in(answered(*parts)).data == FINAL


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        (answered(picture_part(DRAFT, thought=True)), BrokenAnswerError, "without a picture"),
        (answered(picture_part(b"")), BrokenAnswerError, "without a picture"),
        (answered(text_part("Thinking.", thought=True)), BrokenAnswerError, "without a picture"),
        (answered(text_part(" \n ")), BrokenAnswerError, "without a picture"),
        (answered(finishReason="MAX_TOKENS"), BrokenAnswerError, "without a picture"),
        (answered(finishReason=None), BrokenAnswerError, "without a picture"),
        (answered(finishReason="PROHIBITED_CONTENT"), PictureRefusedError, "(prohibited content)"),
        (answered(text_part("No."), finishReason="SAFETY"), PictureRefusedError, "(safety)"),
        (answered(text_part("a\u202e\n b. " * 99)), PictureRefusedError, "“a b. a b. a b."),
    ],
)
def test_an_answer_without_one_says_why(
    answer: GenerateContentResponse, error: type[GenerationFailedError], says: str
) -> None:
    with pytest.raises(error) as caught:
        picture_in(answer)
    assert says in caught.value.sentence
    assert len(caught.value.sentence) < 240
    assert caught.value.sentence.isprintable()


def test_a_prompt_that_was_stopped_is_told_before_anything_else() -> None:
    answer = GenerateContentResponse.model_validate(
        {
            "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
            "candidates": [{"content": {"parts": [picture_part(FINAL)]}}],
        }
    )
    with pytest.raises(PictureRefusedError, match=r"refused the prompt \(prohibited content\)"):
        picture_in(answer)
