"""What reviewers say of the design, as commands see it."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from support.answers import answer, remark, sealed

from packdesk.app.core import open_services
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from support.shell import Shell

    from packdesk.domain.review import IssuedReview


@pytest.fixture
def review(shell: Shell) -> IssuedReview:
    shell.json("dimensions", "box", "70", "80", "90")
    settings = read_settings(data_dir=shell.folder / "data", cache_dir=shell.folder / "cache")
    with open_services(settings) as services:
        return asyncio.run(services.reviews.issue("Yuzu tea"))


def saved(
    shell: Shell, review: IssuedReview, reviewer: str, *remarks: dict[str, Any], **values: object
) -> str:
    design = {"id": None, "name": review.name, "hash": review.hash}
    inner = answer(reviewer, *remarks, review=review.id, design=design, **values)
    file: Path = shell.folder / f"{reviewer}-answer.json"
    file.write_text(sealed(inner, review))
    return file.name


def test_three_answers_in_every_order_come_to_the_same(shell: Shell, review: IssuedReview) -> None:
    files = [
        saved(shell, review, "Ada", remark(1), verdict="changes"),
        saved(shell, review, "Ben", verdict="approved"),
        saved(shell, review, "Cleo", remark(2, "Blue?\n\x1b[31m<b>", at="2026-11-28T07:00:01Z")),
    ]
    told = set()
    for order in itertools.permutations(files):
        for file in (shell.folder / "data" / "reviews").glob("*.json"):
            kept = json.loads(file.read_text())
            file.write_text(json.dumps(kept | {"answers": []}))
        assert shell.run("remarks", "add", *order).returncode == 0
        told.add(json.dumps(shell.json("remarks")))
    assert len(told) == 1
    shown = shell.run("remarks").stdout.splitlines()
    assert [line.split("  (")[0] for line in shown] == [
        "Ada asks for changes",
        "Ben approved it",
        "Cleo has not decided",
        "  1  front   Larger, please.",
        "  2  front   Blue?  [31m<b>",
    ]


def test_an_answer_is_opened_replied_to_and_closed(shell: Shell, review: IssuedReview) -> None:
    file = saved(shell, review, "Ada", remark(0xAB), remark(0xCD), verdict="approved")
    assert shell.run("open", file).stdout == "Ada approved it, 2 remarks.\n"
    assert shell.run("open", file).stdout.endswith("It was here already.\n")
    assert shell.json("open", file)["known"] is True
    assert shell.run("remarks", "reply", "1", "Done.").stdout == "2 open\n"
    assert shell.run("remarks", "close", "1", f"{0xCD:032x}").stdout == "0 open\n"
    assert shell.run("remarks", "reopen", "1").stdout == "1 open\n"
    first, second = shell.json("remarks")["remarks"]
    assert ([one["text"] for one in first["replies"]], first["closed"], second["closed"]) == (
        ["Done."],
        False,
        True,
    )
    assert [one["number"] for one in shell.json("remarks", "--open")["remarks"]] == [1]
    missing = shell.run("remarks", "close", "7")
    assert (missing.returncode, "no single remark “7”" in missing.stderr) == (2, True)
    shell.json("dimensions", "box", "70", "80", "91")
    assert "Ada approved an earlier version" in shell.run("remarks").stdout


def test_what_cannot_be_taken_is_told_and_the_others_count(shell: Shell, review: IssuedReview) -> None:
    good = saved(shell, review, "Ada", remark(1))
    forged = shell.folder / "forged-answer.json"
    forged.write_text((shell.folder / good).read_text().replace("Larger", "Smaller"))
    done = shell.run("remarks", "add", forged.name, good, "missing.json")
    assert done.returncode == 1
    assert "forged-answer.json: The answer of “Ada” was changed" in done.stderr
    assert "missing.json: missing.json is not there." in done.stderr
    assert done.stdout == "Ada left open whether it approves, 1 remark.\n"
    assert shell.run("open", forged.name).returncode == 1
    assert [one["text"] for one in shell.json("remarks")["remarks"]] == ["Larger, please."]


def test_where_nobody_has_answered_that_is_said(shell: Shell) -> None:
    done = shell.run("remarks")
    assert (done.stdout, done.stderr) == ("", "Nobody has answered yet.\n")
    assert shell.json("remarks") == {"opinions": [], "remarks": []}


def test_what_cannot_be_read_is_told_and_the_doctor_names_it(shell: Shell, review: IssuedReview) -> None:
    assert shell.run("remarks", "add", saved(shell, review, "Ada", remark(1))).returncode == 0
    assert "remarks" not in {one["subject"] for one in json.loads(shell.run("doctor", "--json").stdout)}
    (file,) = (shell.folder / "data" / "reviews").glob("*.json")
    file.write_bytes(file.read_bytes()[:-9])
    assert "doctor" in shell.run("remarks").stderr
    told = [one for one in json.loads(shell.run("doctor", "--json").stdout) if one["subject"] == "remarks"]
    assert [file.name in one["text"] for one in told] == [True]
