"""Encrypted connections to a real redis-server, and the mistakes one makes with them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.certificates import make_certificate
from support.redis_server import RedisServer
from support.refusals import SECRET, is_told, refusal

from packdesk.store.redis import RedisStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for this machine; its key lies beside it."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def tls_server(folder: Path, certificate: Path, *words: str) -> RedisServer:
    files = ["--tls-cert-file", str(certificate), "--tls-key-file", str(certificate.with_suffix(".key"))]
    return RedisServer(folder, *files, "--tls-ca-cert-file", str(certificate), *words, tls=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, certificate: Path) -> Iterator[RedisServer]:
    made = tls_server(tmp_path_factory.mktemp("tls"), certificate, "--tls-auth-clients", "no")
    with made.running():
        yield made


def test_a_certificate_that_is_named_is_trusted(server: RedisServer, certificate: Path) -> None:
    store = RedisStore(f"{server.url}?ssl_ca_certs={certificate}")
    assert store.load() is None
    assert store.wait(0.05), "hints travel encrypted too"
    store.close()


def test_a_self_signed_certificate(server: RedisServer) -> None:
    assert is_told(refusal(server.url_for("user", SECRET)), "certificate")


def test_plainly_to_a_tls_port(server: RedisServer) -> None:
    url = server.url_for("user", SECRET).replace("rediss:", "redis:")
    assert is_told(refusal(url), "dropped")


def test_encrypted_to_a_plain_port(redis_server: RedisServer) -> None:
    url = redis_server.url_for("user", SECRET).replace("redis:", "rediss:")
    assert is_told(refusal(url), "handshake")


def test_a_frozen_tls_server(server: RedisServer, certificate: Path) -> None:
    with server.frozen():
        assert is_told(refusal(f"{server.url}?ssl_ca_certs={certificate}"), "handshake")


def test_a_server_that_wants_a_certificate_from_us(tmp_path: Path, certificate: Path) -> None:
    with tls_server(tmp_path, certificate).running() as strict:
        trusted = f"{strict.url}?ssl_ca_certs={certificate}"
        # In TLS 1.3 the server may be gone before its reason is read: then all we know is that it dropped us.
        told = refusal(trusted)
        for _ in range(4):
            if not is_told(told, "dropped"):
                break
            told = refusal(trusted)
        assert is_told(told, "own certificate")
        key = certificate.with_suffix(".key")
        assert RedisStore(f"{trusted}&ssl_certfile={certificate}&ssl_keyfile={key}").load() is None
