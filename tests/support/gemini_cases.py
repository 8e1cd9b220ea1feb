"""One table of everything that can go wrong with Gemini, and what becomes of it: for tests and benchmarks."""

from __future__ import annotations

import contextlib
import random
import socket
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image
from pydantic import SecretStr

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import FlatSize
from packdesk.domain.request import PanelRequest
from packdesk.errors import (
    AccountRefusedError,
    BrokenAnswerError,
    GenerationTimeoutError,
    PictureRefusedError,
    ProviderSetupError,
    TryLaterError,
)
from packdesk.generation.gemini.provider import DEFAULT_MODEL, GeminiOptions, GeminiProvider
from packdesk.generation.keys import KeyKeeper
from support.gemini_answers import circle_picture, encode, ground_colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.errors import GenerationFailedError
    from support.gemini_answers import SeenRequest
    from support.gemini_server import GeminiServer

PATIENT_S, IMPATIENT_S = 30.0, 0.4
ASKED_FOR_S = 3600
ATTEMPTS = {TryLaterError: 4, GenerationTimeoutError: 2, BrokenAnswerError: 2}
"""How often a picture is asked for when the fault stays, by its kind; others are not asked for again."""


@dataclass(frozen=True)
class Places:
    """Where the faults happen: the server, another one nobody should ask, and where nobody listens."""

    server: GeminiServer
    elsewhere: GeminiServer
    closed: str


def grained_picture(seen: SeenRequest, width: int, height: int) -> bytes:
    """The server's usual picture with as much noise in its middle as a photograph has."""
    picture = circle_picture(ground_colour(seen.prompt), width, height)
    across, down = width // 2, height // 2
    noise = Image.frombytes("RGB", (across, down), random.Random(0).randbytes(across * down * 3))
    picture.paste(noise, (width // 4, height // 4))
    return encode(picture)


@contextlib.contextmanager
def closed_address() -> Iterator[str]:
    """An address that refuses connections: the port is taken, but nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@dataclass(frozen=True)
class Case:
    """One fault and what becomes of it.

    Attributes:
        name: for people.
        kind: which of the server's faults; empty for none.
        details: of the fault. `{elsewhere}` stands for the address of another server.
        error: the error's class; None when the picture comes all the same.
        says: part of the error's sentence.
        asked: how often the picture is asked for when the fault stays; None for as often as its class says.
        deadline_s: the time the picture may take.
        key: another key than the server's; empty for none.
        model: another model.
        closed: nobody listens at the address.
    """

    name: str
    kind: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    error: type[GenerationFailedError] | None = None
    says: str = ""
    asked: int | None = None
    deadline_s: float = PATIENT_S
    key: str | None = None
    model: str = DEFAULT_MODEL
    closed: bool = False

    @property
    def attempts(self) -> int:
        """How often the picture is asked for when the fault stays."""
        usual = ATTEMPTS.get(self.error, 1) if self.error else 1
        return usual if self.asked is None else self.asked

    @property
    def requests(self) -> int:
        """How many requests the server sees then."""
        return 0 if self.closed else self.attempts

    @property
    def passes(self) -> bool:
        """Whether the picture comes when the fault happens only once."""
        return self.attempts > 1 and not self.closed

    def spoil(self, places: Places, **when: Any) -> None:
        """Have the fault happen; `times` and `when` as for the server."""
        if self.kind:
            to = (
                {"to": self.details["to"].format(elsewhere=places.elsewhere.url)}
                if "to" in self.details
                else {}
            )
            places.server.fault(self.kind, **when, **{**self.details, **to})

    def provider(self, places: Places, **options: Any) -> GeminiProvider:
        """A provider that will meet the fault."""
        key = places.server.key if self.key is None else self.key
        url = places.closed if self.closed else places.server.url
        wanted = {"model": self.model, "url": url, "deadline_s": self.deadline_s, **options}
        return GeminiProvider(KeyKeeper("gemini", SecretStr(key)), GeminiOptions(**wanted))


def _status(name: str, error: type[GenerationFailedError], says: str, code: int, **more: Any) -> Case:
    asked = more.pop("asked", None)
    return Case(name, "status", {"code": code, **more}, error, says, asked)


_FULL, _FAULT = "quota for this key is used up", "failed (HTTP"
_BROKE, _LATE = "connection to the Gemini service broke", "within 0.4 seconds"
_UNREADABLE, _NOTHING = "cannot be read", "answered without a picture"
_HOUR = timedelta(seconds=ASKED_FOR_S)

STATUS_CASES = [
    Case("no key", error=ProviderSetupError, says="needs a key", asked=0, key=""),
    Case(
        "wrong key, 400", error=AccountRefusedError, says="does not accept this Gemini key", key="AIza-other"
    ),
    Case("no HTTP header", error=AccountRefusedError, says="does not accept", asked=0, key="AIza\nbroken"),
    _status("wrong key, 401", AccountRefusedError, "does not accept this Gemini key", 401),
    _status("forbidden, 403", ProviderSetupError, f"may not use the model {DEFAULT_MODEL}", 403),
    Case("no such model", error=ProviderSetupError, says="not know the model gemini-0", model="gemini-0"),
    _status("bad request", ProviderSetupError, "refused the request: Too round", 400, message="Too round."),
    _status("408", GenerationTimeoutError, "did not finish in time", 408),
    _status("429, RetryInfo", TryLaterError, _FULL, 429, retry_info=0.01),
    _status("429, RetryInfo, too long", TryLaterError, _FULL, 429, retry_info=ASKED_FOR_S, asked=1),
    _status("429, Retry-After", TryLaterError, _FULL, 429, retry_after=0),
    _status("429, Retry-After, too long", TryLaterError, _FULL, 429, retry_after=ASKED_FOR_S, asked=1),
    _status("429, Retry-After, past date", TryLaterError, _FULL, 429, retry_after=-_HOUR),
    _status("429, Retry-After, date", TryLaterError, _FULL, 429, retry_after=_HOUR, asked=1),
    _status("429 alone", TryLaterError, _FULL, 429),
    _status("500", TryLaterError, f"{_FAULT} 500)", 500),
    _status("503", TryLaterError, f"{_FAULT} 503)", 503),
    _status("504", GenerationTimeoutError, "did not finish in time", 504),
    Case("HTML page, 502", "html", {}, TryLaterError, f"{_FAULT} 502)"),
    _status("success that is none, 202", BrokenAnswerError, _UNREADABLE, 202),
    Case(
        "redirect to another server",
        "redirect",
        {"to": "{elsewhere}/v1/models/x:generateContent"},
        ProviderSetupError,
        "redirection, which was not followed",
    ),
]

_QUOTA = "generativelanguage.googleapis.com/generate_content_free_tier_requests"


def _quota(identity: str, value: str | None = None) -> dict[str, Any]:
    violation = {"quotaMetric": _QUOTA, "quotaId": identity} | ({"quotaValue": value} if value else {})
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}


def _reason(reason: str) -> dict[str, Any]:
    return {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}


def _final(name: str, says: str, code: int, message: str, *details: dict[str, Any], **more: Any) -> Case:
    return _status(name, AccountRefusedError, says, code, message=message, details=details, asked=1, **more)


_PER_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier"

REFUSAL_CASES = [
    _final(
        "429, no free quota",
        "has no free quota for pictures",
        429,
        f"You exceeded your current quota.\n* Quota exceeded for metric: {_QUOTA}, limit: 0, model: x\n"
        "Please retry in 3.2s.",
        _quota(_PER_DAY),
        retry_info=3.2,
    ),
    _final(
        "429, quota of zero in the details",
        "has no free quota for pictures",
        429,
        "You exceeded your current quota.",
        _quota("GenerateContentInputTokensPerModelPerMinute-FreeTier", "0"),
    ),
    _final(
        "429, daily quota",
        "daily Gemini quota of this key is used up",
        429,
        f"Quota exceeded for metric: {_QUOTA}, limit: 20, model: x",
        _quota(_PER_DAY, "20"),
        retry_info=0.01,
    ),
    _final(
        "429, spending cap",
        "reached its spending cap",
        429,
        "Your project has exceeded its monthly spending cap.",
        retry_info=0.01,
    ),
    _final("429, no credit", "credit of this Gemini key", 429, "Your prepayment credits are depleted."),
    _final(
        "403, leaked key",
        "found in public",
        403,
        "Your API key was reported as leaked. Please use another API key.",
    ),
    _final("403, suspended", "suspended", 403, "Permission denied: Consumer 'x' has been suspended."),
    _final("400, expired", "has expired", 400, "API key expired. Please renew the API key."),
    _final("400, country", "in the country", 400, "User location is not supported for the API use."),
    _final(
        "400, no free tier",
        "not free of charge",
        400,
        "The free tier is not available in your country.",
    ),
    _final("403, switched off", "API is switched off", 403, "Not so.", _reason("SERVICE_DISABLED")),
    _final("403, restricted", "restrictions", 403, "Blocked.", _reason("API_KEY_SERVICE_BLOCKED")),
    _final("403, billing", "Billing is switched off", 403, "No.", _reason("BILLING_DISABLED")),
]

CONNECTION_CASES = [
    Case("refused", error=TryLaterError, says="cannot be reached", closed=True),
    Case("reset", "reset", {}, TryLaterError, _BROKE),
    Case("reset in the answer", "reset", {"partial": True}, TryLaterError, _BROKE),
    Case("closed", "close", {}, TryLaterError, _BROKE),
    Case("closed in the answer", "short", {}, TryLaterError, _BROKE),
    Case("drip, too slow", "drip", {"seconds": 600}, GenerationTimeoutError, _LATE, 1, IMPATIENT_S),
    Case("no answer", "hang", {}, GenerationTimeoutError, _LATE, 1, IMPATIENT_S),
]

BODY_CASES = [
    Case("HTML page, 200", "html_ok", {}, BrokenAnswerError, _UNREADABLE),
    Case("half of the JSON", "truncated", {}, BrokenAnswerError, _UNREADABLE),
    Case("JSON of other types", "wrong_types", {}, BrokenAnswerError, _UNREADABLE),
    Case("JSON list", "not_an_object", {}, BrokenAnswerError, _NOTHING),
    Case("an error with 200", "error_in_200", {}, BrokenAnswerError, _NOTHING),
    Case("empty body", "empty_body", {}, BrokenAnswerError, _NOTHING),
    Case("bad base64", "bad_base64", {}, BrokenAnswerError, _UNREADABLE),
    Case("no candidate", "no_candidates", {}, BrokenAnswerError, _NOTHING),
    Case("no candidates at all", "missing_candidates", {}, BrokenAnswerError, _NOTHING),
    Case(
        "words only",
        "text_only",
        {"text": "Rather not."},
        PictureRefusedError,
        "in words instead of a picture",
    ),
    Case("prompt blocked", "prompt_block", {}, PictureRefusedError, "refused the prompt (safety)"),
    Case("picture withheld", "finish", {}, PictureRefusedError, "made no picture (image safety)"),
    Case("NO_IMAGE", "finish", {"reason": "NO_IMAGE"}, BrokenAnswerError, _NOTHING),
]

PICTURE_CASES = [
    Case("damaged picture", "corrupt", {}, BrokenAnswerError, "cannot be used. The picture is damaged"),
    Case("half a picture", "cut", {}, BrokenAnswerError, "cannot be used. The picture is damaged"),
    Case("bomb", "bomb", {}, BrokenAnswerError, "used. The picture is too large: 60000 x 60000 pixels"),
    Case("1 x 16384", "thin", {}, BrokenAnswerError, "cannot be used. The picture is too small: 1 x 16384"),
    Case("GIF", "other_format", {}, BrokenAnswerError, "used. This is no picture packdesk can read"),
    Case("wrong label", "wrong_mime"),
    Case("packed unasked", "packed"),
    Case("packed bomb", "packed", {"unpacked_mb": 100}, BrokenAnswerError, "cannot be read"),
    Case("JPEG labelled PNG", "jpeg"),
    Case("draft, then picture", "draft_then_final"),
    Case("words, then picture", "text_then_picture"),
    Case("picture twice", "twice"),
    Case("unknown fields", "unknown_fields"),
    Case("slow drip, in time", "drip", {"seconds": 0.2, "steps": 5}),
]

CASES = [*STATUS_CASES, *REFUSAL_CASES, *CONNECTION_CASES, *BODY_CASES, *PICTURE_CASES]


def small_request(panel_id: str = "front", **more: Any) -> PanelRequest:
    """A request whose picture is quickly drawn."""
    size, whole = FlatSize(width=40, height=60), Dimensions(width=40, height=60, depth=30)
    wanted = {"prompt": "vintage floral pattern", "dpi": 72, "size": size, **more}
    return PanelRequest(panel_id=panel_id, package_type="box", package_dimensions=whole, **wanted)
