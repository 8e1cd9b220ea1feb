"""Rows drawn by a model that costs money: each picture is asked for once, whatever becomes of the range."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pydantic import SecretStr
from support.gemini_server import GeminiServer
from support.ranges import Range

from packdesk.generation.gemini.provider import GeminiOptions, GeminiProvider
from packdesk.generation.keys import KeyKeeper

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "prompt;file\nBlue waves;a\nBlue waves;b\nGreen leaves;c"


def test_no_picture_is_paid_for_twice(tmp_path: Path, base: Path) -> None:
    with GeminiServer() as server:
        one = Range(tmp_path, base, TABLE)
        wanted = GeminiOptions(url=server.url, deadline_s=60.0, tier="2K")
        one.provider = GeminiProvider(KeyKeeper("gemini", SecretStr(server.key)), wanted)
        plan = one.plan()
        assert (plan.problems, plan.paintings) == ((), 12)
        assert plan.usd > 0
        records = [one.maker().make(order)[0] for order in plan.orders]
        assert [(record.state, record.reason, record.paintings) for record in records] == [
            ("made", "", 6),
            ("made", "", 0),
            ("made", "", 6),
        ]
        assert len(server.requests) == 12

        shutil.rmtree(one.out / ".packdesk" / "rows")
        for file in one.out.glob("*.pdf"):
            file.unlink()
        assert [one.maker().make(order)[0].paintings for order in plan.orders] == [0, 0, 0]
        assert len(server.requests) == 12


def test_a_row_the_model_refuses_says_so(tmp_path: Path, base: Path) -> None:
    with GeminiServer() as server:
        one = Range(tmp_path, base, "prompt\nBlue waves")
        wanted = GeminiOptions(url=server.url, deadline_s=60.0, tier="2K")
        one.provider = GeminiProvider(KeyKeeper("gemini", SecretStr("wrong")), wanted)
        (order,) = one.plan().orders
        record, _ = one.maker().make(order)
        assert record.state == "failed"
        assert record.reason
