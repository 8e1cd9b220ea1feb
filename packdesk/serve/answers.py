"""What is answered where something cannot be done: a status, and our sentence as `detail`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from packdesk.errors import (
    AccountRefusedError,
    AnswerError,
    BadPictureError,
    ChangedMeanwhileError,
    DisplayError,
    ForeignDocumentError,
    GenerationBusyError,
    GenerationFailedError,
    InvalidInputError,
    LibraryUnwritableError,
    NotPossibleError,
    PackageChangedError,
    PackdeskError,
    ReadOnlyError,
    StoreBusyError,
    StoreUnavailableError,
    TextureUnavailableError,
)

if TYPE_CHECKING:
    from starlette.requests import Request

_log = logging.getLogger(__name__)
_STATUSES: tuple[tuple[tuple[type[PackdeskError], ...], int], ...] = (
    ((InvalidInputError, BadPictureError, AnswerError), 422),
    ((GenerationBusyError, PackageChangedError, ChangedMeanwhileError, NotPossibleError), 409),
    ((ForeignDocumentError, ReadOnlyError, AccountRefusedError), 409),
    ((TextureUnavailableError,), 404),
    (
        (StoreUnavailableError, StoreBusyError, LibraryUnwritableError, GenerationFailedError, DisplayError),
        503,
    ),
)
_PLAIN = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
}


def refused(status: int, detail: Any, headers: dict[str, str] | None = None) -> JSONResponse:
    """An answer that nothing was done, and why."""
    return JSONResponse({"detail": detail}, status, {"Cache-Control": "no-store", **(headers or {})})


def status_for(error: PackdeskError) -> int:
    """The status of an answer for a failure."""
    return next((status for kinds, status in _STATUSES if isinstance(error, kinds)), 500)


async def for_failure(_request: Request, error: Exception) -> JSONResponse:
    """The answer for a failure that has a sentence."""
    assert isinstance(error, PackdeskError)  # what it is registered for
    return refused(status_for(error), error.full_text())


async def for_http(_request: Request, error: Exception) -> JSONResponse:
    """The answer for what HTTP itself does not allow."""
    assert isinstance(error, HTTPException)  # what it is registered for
    headers = dict(error.headers or {})
    return refused(error.status_code, _PLAIN.get(error.status_code, error.detail), headers)


def for_fault(error: Exception) -> JSONResponse:
    """The answer for a fault of ours; the details are in the log only."""
    _log.info("The unexpected error", exc_info=error)
    return refused(500, f"Something unexpected went wrong ({type(error).__name__}). The log has the details.")
