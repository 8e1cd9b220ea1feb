"""From any URL to a checked picture, against a real HTTP server of our own."""

from __future__ import annotations

import base64
import contextlib
import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.errors import BadPictureError, PackdeskError, TextureUnavailableError
from packdesk.textures import fetch
from packdesk.textures.check import clean_picture
from packdesk.textures.disk import DiskCache
from packdesk.textures.incoming import IncomingPicture, name_in_address
from packdesk.textures.incoming_reading import read_incoming
from packdesk.textures.library import TextureLibrary
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RAW = picture_bytes(3)
WAIT_S = 5.0


class _Handler(BaseHTTPRequestHandler):
    requests: list[str]
    hosts: list[str]
    server_closing = threading.Event()

    def do_GET(self) -> None:
        self.requests.append(self.path)
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/art.png")
            self.end_headers()
            return
        if self.path in {"/drip", "/drip-headers"}:
            self._drip()
            return
        if self.path == "/packed":
            self._pack()
            return
        self.hosts.append(self.headers["Host"])
        body = {"/art.png": RAW, "/": RAW, "/page": b"<html>", "/art.png?v=2": RAW}.get(self.path)
        self.send_response(404 if body is None else 200)
        self.end_headers()
        self.wfile.write(body or b"")

    def _pack(self) -> None:
        """Packed, though nobody asked for it."""
        assert self.headers["Accept-Encoding"] == "identity"
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(gzip.compress(RAW))

    def _drip(self) -> None:
        """A byte now and then, for ever."""
        if self.path == "/drip":
            self.send_response(200)
            self.end_headers()
        with contextlib.suppress(OSError):
            while not self.server_closing.wait(0.05):
                self.wfile.write(b"x")

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    _Handler.requests, _Handler.hosts = [], []
    _Handler.server_closing.clear()
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    _Handler.server_closing.set()
    made.shutdown()
    thread.join()
    made.server_close()


def reader(tmp_path: Path, *, allow_private: bool = True) -> TextureReader:
    library = TextureLibrary(tmp_path / "library", [tmp_path / "shared"])
    return TextureReader(library, DiskCache(tmp_path / "cache", 10_000_000), allow_private=allow_private)


def test_http_pictures_are_fetched_once(tmp_path: Path, server: ThreadingHTTPServer) -> None:
    url = f"http://127.0.0.1:{server.server_port}/art.png"
    expected = clean_picture(RAW).png
    assert reader(tmp_path).read(url) == expected
    assert reader(tmp_path).read(url) == expected
    assert _Handler.requests == ["/art.png"]


@pytest.mark.parametrize("path", ["/nothing", "/moved"])
def test_missing_and_redirected_pictures_are_told(
    tmp_path: Path, server: ThreadingHTTPServer, path: str
) -> None:
    with pytest.raises(TextureUnavailableError, match=r"127\.0\.0\.1"):
        reader(tmp_path).read(f"http://127.0.0.1:{server.server_port}{path}")


def test_a_page_is_no_picture(tmp_path: Path, server: ThreadingHTTPServer) -> None:
    with pytest.raises(BadPictureError):
        reader(tmp_path).read(f"http://127.0.0.1:{server.server_port}/page")


def test_private_networks_need_permission(tmp_path: Path, server: ThreadingHTTPServer) -> None:
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(TextureUnavailableError, match="private network") as caught:
            reader(tmp_path, allow_private=False).read(f"http://{host}:{server.server_port}/art.png")
        assert "PACKDESK_ALLOW_PRIVATE_URLS" in caught.value.terminal
    assert _Handler.requests == []


def test_data_urls_are_checked_and_cached(tmp_path: Path) -> None:
    url = "data:image/png;base64," + base64.b64encode(RAW).decode()
    assert reader(tmp_path).read(url) == clean_picture(RAW).png
    assert len(list((tmp_path / "cache").glob("*.png"))) == 1


@pytest.mark.parametrize(
    "url",
    [
        "data:image/png;base64,%%%",
        "data:nothing",
        "data:image/png;base64,aGVsbG8=",
        "ftp://x/a.png",
        "",
        "blob:1",
    ],
)
def test_unusable_addresses_get_a_sentence(tmp_path: Path, url: str) -> None:
    with pytest.raises(PackdeskError) as caught:
        reader(tmp_path).read(url)
    assert caught.value.remedy


def test_files_are_followed_only_inside_texture_folders(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    inside, outside = tmp_path / "shared" / "art.png", tmp_path / "secret.png"
    inside.write_bytes(RAW)
    outside.write_bytes(RAW)
    link = tmp_path / "shared" / "link.png"
    link.symlink_to(outside)
    assert reader(tmp_path).read(inside.as_uri()) == clean_picture(RAW).png
    for file in (outside, link, tmp_path / "shared" / ".." / "secret.png"):
        with pytest.raises(TextureUnavailableError, match="in a folder packdesk does not read"):
            reader(tmp_path).read("file://" + str(file))
    with pytest.raises(TextureUnavailableError, match="not on this computer"):
        reader(tmp_path).read((tmp_path / "shared" / "gone.png").as_uri())


def test_a_file_that_is_too_large_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("packdesk.textures.reader.MAX_BYTES", len(RAW) - 1)
    monkeypatch.setattr("packdesk.textures.check.MAX_BYTES", len(RAW) - 1)
    (tmp_path / "shared").mkdir()
    large = tmp_path / "shared" / "art.png"
    large.write_bytes(RAW)
    with pytest.raises(BadPictureError, match="more than"):
        reader(tmp_path).read(large.as_uri())


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_server_that_drips_is_given_up_and_leaves_no_thread(
    tmp_path: Path, server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(fetch, "DEADLINE_S", 0.3)
    for _ in range(3):
        with pytest.raises(TextureUnavailableError):
            reader(tmp_path).read(f"http://127.0.0.1:{server.server_port}{path}")
    for thread in threading.enumerate():
        if thread.name == "picture-fetch":
            thread.join(WAIT_S)
            assert not thread.is_alive()


def test_a_packed_answer_is_not_unpacked(tmp_path: Path, server: ThreadingHTTPServer) -> None:
    with pytest.raises(TextureUnavailableError):
        reader(tmp_path).read(f"http://127.0.0.1:{server.server_port}/packed")


def test_a_picture_that_is_too_large_is_given_up(
    tmp_path: Path, server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", len(RAW) - 1)
    with pytest.raises(TextureUnavailableError):
        reader(tmp_path).read(f"http://127.0.0.1:{server.server_port}/art.png")
    monkeypatch.setattr(fetch, "MAX_BYTES", len(RAW))
    assert reader(tmp_path).read(f"http://127.0.0.1:{server.server_port}/art.png")


def test_a_server_is_asked_for_what_the_address_names(tmp_path: Path, server: ThreadingHTTPServer) -> None:
    place = f"127.0.0.1:{server.server_port}"
    for address in (f"{place}/art.png?v=2", f"me:secret@{place}/art.png", place):
        assert reader(tmp_path).read(f"http://{address}") == clean_picture(RAW).png
    assert _Handler.requests == ["/art.png?v=2", "/art.png", "/"]
    assert _Handler.hosts == [place] * 3, "without the password"


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://x.test/a", ("x.test", 80)),
        ("https://x.test/a", ("x.test", 443)),
        ("https://me@x.test:8443/a", ("x.test", 8443)),
    ],
)
def test_where_an_address_leads(url: str, asked: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[tuple[str, int]] = []

    def unknown(host: str, port: int, **_: object) -> str:
        names.append((host, port))
        raise OSError

    monkeypatch.setattr(fetch, "_resolve", unknown)
    with pytest.raises(TextureUnavailableError, match=r"x\.test"):
        fetch.fetch_picture(url)
    assert names == [asked]


def test_a_name_that_is_found_too_late_leads_nowhere(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name server sleeps longer than anybody waits: nothing is said to the picture's server then."""
    awake = threading.Event()

    def slow(_host: str, _port: int, **_: object) -> str:
        awake.wait(WAIT_S)
        return "127.0.0.1"

    monkeypatch.setattr(fetch, "_resolve", slow)
    monkeypatch.setattr(fetch, "DEADLINE_S", 0.05)
    with pytest.raises(TextureUnavailableError):
        fetch.fetch_picture(f"http://slow.test:{server.server_port}/art.png")
    working = [thread for thread in threading.enumerate() if thread.name == "picture-fetch"]
    assert all(thread.daemon for thread in working), "the program may end meanwhile"
    awake.set()
    for thread in working:
        thread.join(WAIT_S)
        assert not thread.is_alive()
    assert _Handler.requests == []


def test_eight_servers_that_drip_keep_all_places(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://127.0.0.1:{server.server_port}"
    slow = [fetch._Fetching(f"{url}/drip", allow_private=True) for _ in range(8)]
    waiting = [threading.Thread(target=one.result, args=(WAIT_S,)) for one in slow]
    for thread in waiting:
        thread.start()
    while len(_Handler.requests) < 8:
        threading.Event().wait(0.01)
    found = fetch._Fetching(f"{url}/art.png", allow_private=True).result(0.01)
    assert isinstance(found, TimeoutError)
    assert _Handler.requests == ["/drip"] * 8
    _Handler.server_closing.set()
    for thread in waiting:
        thread.join()
    assert fetch._Fetching(f"{url}/art.png", allow_private=True).result(WAIT_S) == RAW


@pytest.mark.parametrize(
    "url",
    ["http://[", "https://[::1", "file://[x", "http://", "http://127.0.0.1:99999/", "file:///\0", "file://"],
)
def test_malformed_addresses_get_a_sentence(tmp_path: Path, url: str) -> None:
    with pytest.raises(TextureUnavailableError):
        reader(tmp_path).read(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.0.0.1", False),
        ("169.254.1.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:192.168.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fec0::1", False),
        ("fe80::1%eth0", False),
        ("ff02::1", False),
        ("::ffff:93.184.216.34", False),
        ("::ffff:a9fe:a9fe", False),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::5db8:d822", False),
        ("64:ff9b:1::1", False),
        ("3fff::1", False),
        ("3fff:fff:ffff::1", False),
        ("4000::1", True),
        ("5f00::1", False),
        ("100::1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert fetch._is_public(address) is public


# Pictures on their way in.


def test_a_picture_a_browser_names(tmp_path: Path, server: ThreadingHTTPServer) -> None:
    address = f"http://127.0.0.1:{server.server_port}/art.png"
    in_page = f'<p><IMG SRC="/relative.png"><img src="{address}">'
    for picture in (
        IncomingPicture("a", address=address),
        IncomingPicture("a", address="https://127.0.0.1:1/page", html=in_page),
        IncomingPicture("a", address=address, html="<p>no picture"),
    ):
        assert read_incoming(picture, reader(tmp_path)).png.startswith(b"\x89PNG")


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "ftp://127.0.0.1/a.png"])
def test_no_address_for_a_picture(tmp_path: Path, address: str) -> None:
    with pytest.raises(BadPictureError, match="what the browser gave"):
        read_incoming(
            IncomingPicture("a", address=address, html="<img src='file:///a.png'>"), reader(tmp_path)
        )


def test_a_browsers_address_follows_the_rules_of_the_designs(
    tmp_path: Path, server: ThreadingHTTPServer
) -> None:
    picture = IncomingPicture("a", address=f"http://127.0.0.1:{server.server_port}/art.png")
    with pytest.raises(TextureUnavailableError, match="private network") as caught:
        read_incoming(picture, reader(tmp_path, allow_private=False))
    assert caught.value.remedy == "Save the picture in the browser, and drop the file."


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/a/leaf%20one.png?key=secret", "leaf one.png"),
        ("https://example.org/", "example.org"),
        ("http://[bad", ""),
    ],
)
def test_names_of_addresses(address: str, name: str) -> None:
    assert name_in_address(address) == name
