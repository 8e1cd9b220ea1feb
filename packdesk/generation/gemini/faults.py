"""Faults of Gemini, in few kinds; no key, request or answer is in their sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from packdesk.domain.state import utc_now
from packdesk.domain.text import printable
from packdesk.errors import (
    AccountRefusedError,
    BrokenAnswerError,
    GenerationFailedError,
    GenerationTimeoutError,
    PictureRefusedError,
    ProviderSetupError,
    SignatureRefusedError,
    TryLaterError,
)
from packdesk.generation.gemini.refusals import known_refusal, spent_for_today
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = re.compile(r"(\d+(?:\.\d+)?)s")
_TOLD = 160
LONGEST_WAIT_S = 86_400.0


def no_key() -> GenerationFailedError:
    """There is no key at all."""
    return ProviderSetupError(
        "Gemini needs a key.",
        "Enter one in the settings, or have artwork painted on this computer.",
        terminal="GOOGLE_API_KEY may hold it.",
    )


def from_status(
    code: int, message: str, details: object, headers: Mapping[str, str], model: str
) -> GenerationFailedError:
    """The error behind an HTTP status other than 200.

    Args:
        code: the status.
        message: the server's; shown only where nothing better is known.
        details: the JSON of the answer (`google.rpc.Status` with its `details`), if it was JSON.
        headers: of the answer.
        model: which was asked for.
    """
    if code == 429:
        return _no_room(message, details, headers)
    if code in {408, 504}:
        return GenerationTimeoutError("The Gemini service did not finish in time.", "Try again.")
    if code >= 500:
        return TryLaterError(
            Sentence("The Gemini service failed (HTTP {code}).", code=code),
            "Try again in a minute.",
            after_s=_wait_asked_for(details, headers),
        )
    if code < 400:
        return unreadable() if code < 300 else _redirected()
    if code == 400 and "signature" in message.lower():
        return SignatureRefusedError("Gemini does not take up what was said before.", "Try again.")
    return known_refusal(code, message, _facts(details)) or _refused_request(code, message, details, model)


def wrong_key() -> GenerationFailedError:
    """The key is not accepted. Google says so with the status 400 and a reason, or with 401."""
    return AccountRefusedError(
        "Google does not accept this Gemini key.", "Check it in the settings, or create a new one."
    )


def unknown_model(model: str) -> GenerationFailedError:
    """There is no such model, or not for this key."""
    return ProviderSetupError(
        Sentence("Google does not know the model {model}.", model=model),
        "Choose another model in the settings.",
    )


def unreachable() -> GenerationFailedError:
    """No connection could be made."""
    return TryLaterError(
        "The Gemini service cannot be reached.",
        "Check the network, or have artwork painted on this computer.",
    )


def not_trusted() -> GenerationFailedError:
    """The certificate is not signed by anybody this machine trusts."""
    return ProviderSetupError(
        "The certificate shown for the Gemini service is not trusted.",
        "A proxy or a virus scanner may read along: ask who runs it. Also check this computer's date.",
        terminal="SSL_CERT_FILE may name a file with its certificate.",
    )


def proxy_refused(answer: str) -> GenerationFailedError:
    """The proxy of the environment does not let us through; `answer` begins with its HTTP status."""
    if answer.startswith("407"):
        return ProviderSetupError(
            "The proxy wants a user name and a password.",
            "Write them into its address, in the settings of this system.",
            terminal="HTTPS_PROXY may hold it: http://user:password@host:port.",
        )
    return TryLaterError(
        "The proxy does not let packdesk through to the Gemini service.",
        "Ask who runs it, or have artwork painted on this computer.",
    )


def connection_broke() -> GenerationFailedError:
    """The connection ended in the middle."""
    return TryLaterError("The connection to the Gemini service broke.", "Try again.")


def timed_out(seconds: float) -> GenerationFailedError:
    """No picture within the time a panel may take."""
    return GenerationTimeoutError(
        Sentence("Gemini sent no picture within {seconds:g} seconds.", seconds=seconds),
        "Try again, or choose a smaller picture size in the settings.",
        terminal="PACKDESK_GEMINI_DEADLINE_S allows more time.",
    )


def unreadable() -> GenerationFailedError:
    """The answer is not what the protocol says."""
    return BrokenAnswerError("The answer of the Gemini service cannot be read.")


def no_picture() -> GenerationFailedError:
    """A proper answer without a picture and without a reason."""
    return BrokenAnswerError("The Gemini service answered without a picture.")


def unusable_picture(sentence: str) -> GenerationFailedError:
    """The picture did not pass the check every picture from outside must pass."""
    return BrokenAnswerError(
        Sentence("The picture from Gemini cannot be used. {sentence}", sentence=sentence)
    )


def prompt_refused(reason: str) -> GenerationFailedError:
    """Google's filter stopped the prompt."""
    return PictureRefusedError(
        Sentence("Google refused the prompt ({reason}).", reason=_words(reason)),
        "Reword it: names of people and brands of others are common reasons.",
    )


def picture_withheld(reason: str) -> GenerationFailedError:
    """Google's filter stopped the picture."""
    return PictureRefusedError(
        Sentence("Google made no picture ({reason}).", reason=_words(reason)),
        "Reword the prompt: names of people and brands of others are common reasons.",
    )


def only_words(text: str) -> GenerationFailedError:
    """The model answered with text only."""
    return PictureRefusedError(
        Sentence("Gemini answered in words instead of a picture: “{text}”.", text=plain(text)),
        "Say more plainly what should be drawn.",
    )


def plain(text: str) -> str:
    """Somebody else's text: one line, short, nothing invisible, no full stop at its end."""
    return " ".join(printable(text).split())[:_TOLD].rstrip(". ") or Sentence("no reason was given")


def _redirected() -> GenerationFailedError:
    return ProviderSetupError(
        "The Gemini address answers with a redirection, which was not followed.",
        "Check whether the network asks for a sign-in first.",
        terminal="PACKDESK_GEMINI_URL is the address in use.",
    )


def _refused_request(code: int, message: str, details: object, model: str) -> GenerationFailedError:
    if code == 401 or "API_KEY_INVALID" in _reasons(details):
        return wrong_key()
    if code == 404:
        return unknown_model(model)
    if code == 403:
        return ProviderSetupError(
            Sentence("This Gemini key may not use the model {model}.", model=model),
            "Switch on the Gemini API and billing for the key's project, or use another key.",
        )
    return ProviderSetupError(
        Sentence("Google refused the request: {reason}.", reason=plain(message)),
        "Check model and picture size in the settings.",
    )


def _no_room(message: str, details: object, headers: Mapping[str, str]) -> GenerationFailedError:
    facts = _facts(details)
    final = known_refusal(429, message, facts)
    if final is not None:
        return final
    if any("PerDay" in fact for fact in facts):
        return spent_for_today()
    after_s = _wait_asked_for(details, headers)
    when = _span(after_s) if after_s and after_s > 1 else Sentence("in a minute")
    return TryLaterError(
        "The Gemini quota for this key is used up for now.",
        Sentence("Try again {when}, or generate fewer panels at once.", when=when),
        after_s=after_s,
    )


def _span(seconds: float) -> str:
    if seconds < 120:
        return Sentence("in {count} seconds", count=math.ceil(seconds))
    if seconds < 7200:
        return Sentence("in {count} minutes", count=math.ceil(seconds / 60))
    return Sentence("in {count} hours", count=math.ceil(seconds / 3600))


def _words(reason: str) -> str:
    return plain(reason.replace("_", " ").lower())


def _details(details: object) -> Iterator[Mapping[str, Any]]:
    error = details.get("error") if isinstance(details, Mapping) else None
    found = error.get("details") if isinstance(error, Mapping) else None
    for detail in found if isinstance(found, list) else []:
        if isinstance(detail, Mapping):
            yield detail


def _reasons(details: object) -> set[str]:
    return {str(detail.get("reason")) for detail in _details(details)}


def _facts(details: object) -> list[str]:
    """Reasons (`google.rpc.ErrorInfo`), and which limits were reached (`google.rpc.QuotaFailure`)."""
    facts = list(_reasons(details))
    for detail in _details(details):
        violations = detail.get("violations")
        known = (
            [one for one in violations if isinstance(one, Mapping)] if isinstance(violations, list) else []
        )
        facts += [f"{one.get('quotaId')} limit={one.get('quotaValue')}" for one in known]
    return facts


def _wait_asked_for(details: object, headers: Mapping[str, str]) -> float | None:
    """Seconds from `google.rpc.RetryInfo`, else from the header Retry-After (RFC 9110, 10.2.3)."""
    for detail in _details(details):
        if str(detail.get("@type", "")).endswith("google.rpc.RetryInfo"):
            found = _SECONDS.fullmatch(str(detail.get("retryDelay", "")))
            if found:
                return min(float(found.group(1)), LONGEST_WAIT_S)
    return _header_wait(headers.get("retry-after", ""))


def _header_wait(value: str) -> float | None:
    if value.strip().isdecimal():
        return min(float(value), LONGEST_WAIT_S)
    try:
        moment = parsedate_to_datetime(value)
        wait = (moment - utc_now()).total_seconds()
    except (ValueError, TypeError):  # no date, or one without its zone
        return None
    return min(max(0.0, wait), LONGEST_WAIT_S)
