"""Refusals of Google's that trying again does not mend, told apart by what the answer says.

The words were collected from answers people have published: Google documents the statuses and the reasons of
`google.rpc.ErrorInfo`, but not the messages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packdesk.errors import AccountRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PLAN = "Set up billing for the key's project in Google AI Studio, or have artwork painted on this computer."
_NEW_KEY = "Create a new key in Google AI Studio and enter it in the settings."
_OTHER_KEY = "Allow it in the key's restrictions in the Google Cloud console, or use another key."

_REFUSALS: tuple[tuple[frozenset[int], str, Callable[[], AccountRefusedError]], ...] = (
    (
        frozenset({429}),
        r"spending cap|spend cap",
        lambda: AccountRefusedError(
            "The project of this Gemini key has reached its spending cap.",
            "Raise the cap in Google AI Studio, or have artwork painted on this computer.",
        ),
    ),
    (
        frozenset({402, 403, 429}),
        r"credits? (are|is) depleted|prepay|insufficient (credit|balance)",
        lambda: AccountRefusedError(
            "The credit of this Gemini key is used up.",
            "Add credit in Google AI Studio, or have artwork painted on this computer.",
        ),
    ),
    (
        frozenset({429}),
        r"free_?tier\w*, limit: 0\b|-freetier limit=0\b",
        lambda: AccountRefusedError("This Gemini key has no free quota for pictures.", _PLAN),
    ),
    (
        frozenset({400, 401, 403}),
        r"reported as leaked",
        lambda: AccountRefusedError(
            "Google has blocked this Gemini key, because it was found in public.", _NEW_KEY
        ),
    ),
    (
        frozenset({400, 401, 403}),
        r"has been suspended|CONSUMER_SUSPENDED",
        lambda: AccountRefusedError("Google has suspended this Gemini key or its project.", _NEW_KEY),
    ),
    (
        frozenset({400, 401, 403}),
        r"key (has )?expired",
        lambda: AccountRefusedError("This Gemini key has expired.", _NEW_KEY),
    ),
    (
        frozenset({400, 403}),
        r"free tier is not available|only (available|accessible) to billed",
        lambda: AccountRefusedError(
            "Gemini is not free of charge in this country, or for this model.", _PLAN
        ),
    ),
    (
        frozenset({400, 403}),
        r"location is not supported|country, region, or territory",
        lambda: AccountRefusedError(
            "Google does not offer Gemini in the country this computer or its proxy is in.",
            "Have artwork painted on this computer.",
        ),
    ),
    (
        frozenset({403}),
        r"SERVICE_DISABLED|has not been used in project",
        lambda: AccountRefusedError(
            "The Gemini API is switched off in the project of this key.",
            "Switch it on in the Google Cloud console, and try again some minutes later.",
        ),
    ),
    (
        frozenset({403}),
        r"API_KEY_(SERVICE|HTTP_REFERRER|IP_ADDRESS|ANDROID_APP|IOS_APP)_BLOCKED",
        lambda: AccountRefusedError(
            "The restrictions of this Gemini key do not let packdesk use it.", _OTHER_KEY
        ),
    ),
    (
        frozenset({403}),
        r"BILLING_DISABLED|billing (account )?(is |has been )?(disabled|closed|not active)",
        lambda: AccountRefusedError("Billing is switched off for the project of this Gemini key.", _PLAN),
    ),
)


def known_refusal(code: int, message: str, facts: Iterable[str]) -> AccountRefusedError | None:
    """The error for a refusal that is known, None for any other.

    Args:
        code: the HTTP status.
        message: the server's.
        facts: reasons and limits in the details of the answer.
    """
    told = " ".join([message, *facts])
    found = (
        error()
        for codes, words, error in _REFUSALS
        if code in codes and re.search(words, told, re.IGNORECASE)
    )
    return next(found, None)


def spent_for_today() -> AccountRefusedError:
    """A quota of a day is used up: asking again within minutes is of no use."""
    return AccountRefusedError(
        "The daily Gemini quota of this key is used up.",
        "Try again tomorrow, or have artwork painted on this computer.",
    )
