"""Where the server is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from support.certificates import make_certificate

from packdesk.serve.options import ServeOptions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize(
    ("host", "names", "address"),
    [
        ("127.0.0.1", ("desk.local",), "127.0.0.1"),
        ("::1", (), "[::1]"),
        ("0.0.0.0", ("desk.local", "desk"), "desk.local"),
        ("::", ("desk.local",), "desk.local"),
        ("[::]", (), "[::]"),
        ("0.0.0.0", (), "0.0.0.0"),
    ],
)
def test_whoever_listens_everywhere_is_reached_by_name(
    host: str, names: tuple[str, ...], address: str, certificate: Path
) -> None:
    options = ServeOptions(
        host=host,
        names=names,
        token=SecretStr("t" * 32),
        certificate=certificate,
        key=certificate.with_suffix(".key"),
    )
    assert options.address == address
