"""Pictures a provider is shown beside the words, so that one design runs over all panels."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ReferenceRole = Literal["lead", "neighbour", "user"]
"""`lead`: this design's front or body. `neighbour`: a panel beside. `user`: the user's own picture."""


class Reference(BaseModel):
    """One reference picture.

    Attributes:
        role: what it is for.
        panel_id: the panel it shows; empty for the user's own picture.
        sha256: of `png`, hexadecimal; stands for the picture in the request's digest.
        png: the encoded picture, checked and small.
    """

    model_config = ConfigDict(frozen=True)

    role: ReferenceRole
    panel_id: str = ""
    sha256: str
    png: bytes = Field(repr=False, exclude=True)
