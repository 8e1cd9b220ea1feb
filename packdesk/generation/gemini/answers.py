"""From a proper answer of the service to the bytes of its picture, or to the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.generation.gemini import faults

if TYPE_CHECKING:
    from google.genai.types import Candidate, GenerateContentResponse, Part

_PROPER_ENDS = {"", "STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED"}


def picture_in(answer: GenerateContentResponse) -> bytes:
    """The final picture, encoded as it came.

    Refusals and empty answers arrive as ordinary answers, so the order matters: was the prompt stopped, is
    there a candidate, is there a picture that is no draft, why not.

    Raises:
        PictureRefusedError: Google or the model will not draw this.
        BrokenAnswerError: there is no picture and no reason.
    """
    feedback = answer.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        raise faults.prompt_refused(_name(feedback.block_reason))
    if not answer.candidates:
        raise faults.no_picture()
    candidate = answer.candidates[0]
    parts = _final_parts(candidate)
    pictures = [part.inline_data.data for part in parts if part.inline_data and part.inline_data.data]
    if pictures:
        return pictures[-1]
    raise _why_none(candidate, parts)


def _final_parts(candidate: Candidate) -> list[Part]:
    # Newer models send drafts along, marked as thoughts.
    content = candidate.content
    return [part for part in (content.parts or [] if content else []) if not part.thought]


def _why_none(candidate: Candidate, parts: list[Part]) -> Exception:
    reason = _name(candidate.finish_reason)
    if reason == "NO_IMAGE":
        return faults.no_picture()
    if reason not in _PROPER_ENDS:
        return faults.picture_withheld(reason)
    text = " ".join(part.text for part in parts if part.text)
    return faults.only_words(text) if text.strip() else faults.no_picture()


def _name(value: object) -> str:
    return str(getattr(value, "name", value) or "")
