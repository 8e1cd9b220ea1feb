"""The way to Google: proxies and certificates the environment names."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import ssl
import threading
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from support.certificates import make_certificate

from packdesk.errors import GenerationFailedError, ProviderSetupError, TryLaterError
from packdesk.generation.gemini.client import DrawCall, GeminiClient
from packdesk.generation.gemini.network import check_network, proxies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CALL = DrawCall("gemini-3.1-flash-image", "A blue box", (), "1:1", "512", 0)
VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
HTTP, SOCKS = "HTTPS_PROXY=http", "ALL_PROXY=socks5"
REFUSES_LOGIN = b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"
REFUSES = b"HTTP/1.1 403 Forbidden\r\n\r\n"
CONNECTS = b"HTTP/1.1 200 OK\r\n\r\n"
SOCKS_CONNECTS = (b"\x05\x00", b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50")


@pytest.fixture(autouse=True)
def _no_network_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, *(name.lower() for name in VARIABLES)):
        monkeypatch.delenv(name, raising=False)


@contextlib.contextmanager
def proxy(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """A proxy that takes one connection at a time; `speak` has the conversation."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            with contextlib.suppress(OSError):  # the door is closed at the end
                while True:
                    caller, _ = door.accept()
                    with caller:
                        speak(caller)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"127.0.0.1:{door.getsockname()[1]}"
        finally:
            door.shutdown(socket.SHUT_RDWR)
            thread.join()


def answers(*words: bytes) -> Callable[[socket.socket], None]:
    """Answers each thing it is told with the next of these."""

    def speak(caller: socket.socket) -> None:
        for word in words:
            caller.recv(4096)
            caller.sendall(word)

    return speak


async def failure(seconds: float = 5.0) -> GenerationFailedError:
    client = GeminiClient(SecretStr("AIza-key"), read_s=seconds)
    try:
        with pytest.raises(GenerationFailedError) as caught:
            await client.draw(CALL)
    finally:
        await client.aclose()
    return caught.value


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("ALL_PROXY", "socks://127.0.0.1:9", "ALL_PROXY names a proxy of a kind"),
        ("https_proxy", "ftp://127.0.0.1:9", "https_proxy names a proxy of a kind"),
        ("HTTP_PROXY", "http://[::1", "HTTP_PROXY names a proxy of a kind"),
        ("HTTPS_PROXY", "http://", "HTTPS_PROXY names a proxy of a kind"),
        ("SSL_CERT_FILE", "/no/such/file.pem", "SSL_CERT_FILE names a file that cannot be read"),
        ("SSL_CERT_FILE", "/", "SSL_CERT_FILE names a file that cannot be read"),
        ("SSL_CERT_FILE", "/dev/null", "SSL_CERT_FILE names a file without certificates"),
        ("SSL_CERT_DIR", "/no/such/folder", "SSL_CERT_DIR names a folder that is not there"),
    ],
)
def test_what_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ProviderSetupError, match=sentence):
        GeminiClient(SecretStr("AIza-key"))


def test_a_service_on_this_machine_takes_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:9")
    GeminiClient(SecretStr("AIza-key"), "http://127.0.0.1:9")


def test_the_password_of_a_proxy_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://user:secret@proxy.example:3128")
    check_network()
    (found,) = proxies()
    assert (found.variable, found.scheme, found.place) == ("https_proxy", "http", "proxy.example:3128")


@pytest.mark.parametrize(
    ("variable", "speak", "error", "sentence"),
    [
        (HTTP, answers(REFUSES_LOGIN), ProviderSetupError, "wants a user name and a password"),
        (HTTP, answers(REFUSES), TryLaterError, "does not let packdesk through"),
        (HTTP, answers(CONNECTS), TryLaterError, "cannot be reached|connection .* broke"),
        (SOCKS, answers(*SOCKS_CONNECTS), TryLaterError, "cannot be reached|connection .* broke"),
        (SOCKS, answers(b"\x05\xff"), TryLaterError, "does not let packdesk through"),
    ],
)
async def test_a_proxy_in_between(
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    speak: Callable[[socket.socket], None],
    error: type[GenerationFailedError],
    sentence: str,
) -> None:
    name, _, scheme = variable.partition("=")
    with proxy(speak) as place:
        monkeypatch.setenv(name, f"{scheme}://{place}")
        met = await failure()
    assert type(met) is error
    assert re.search(sentence, met.sentence)


# The HTTP client leaves the connection to the collector when TLS fails inside a proxy's tunnel.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")
async def test_somebody_reads_along(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))

    def speak(caller: socket.socket) -> None:
        caller.recv(4096)
        caller.sendall(CONNECTS)
        with contextlib.suppress(ssl.SSLError), context.wrap_socket(caller, server_side=True) as shown:
            shown.recv(1)

    with proxy(speak) as place:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{place}")
        met = await failure()
    assert "is not trusted" in met.sentence
