"""A bundle that is only looked at shows what was said of its design, and keeps nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.answers import HASH, REVIEW, answer, remark, sealed

from packdesk.app.core import open_services
from packdesk.app.review import _store, review_settings
from packdesk.domain.remarks import Reviews
from packdesk.domain.review import read_answer
from packdesk.domain.state import default_state
from packdesk.errors import ReadOnlyError
from packdesk.settings import read_settings
from packdesk.store.bundle.files import read_bundle, write_bundle

if TYPE_CHECKING:
    from pathlib import Path


async def test_its_remarks_are_shown_and_no_answer_is_taken(tmp_path: Path) -> None:
    reviews = Reviews().with_issued(REVIEW)
    reviews = reviews.with_answer(read_answer(sealed(answer("Ada", remark())), [REVIEW]))
    state = default_state().model_copy(update={"created_at": "2026-11-28T07:00:00Z"})
    file = tmp_path / "tea.packdesk"
    write_bundle(file, state, {}, reviews=reviews)
    settings = review_settings(read_settings(), tmp_path / "folder")
    store = _store(read_bundle(file), settings, str(file))
    with open_services(settings, store=store) as services:
        (thread,) = (await services.reviews.board()).threads
        assert (thread.reviewer, thread.stale) == ("Ada", True), f"{HASH} is of no design"
        with pytest.raises(ReadOnlyError):
            await services.reviews.take(sealed(answer("Ben")))
