"""Starts the server and ends it: within a second or two, whatever clients do."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import signal
import socket
import sys
import threading
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from packdesk.app.choices import key_keeper
from packdesk.app.core import choose_provider, open_services
from packdesk.app.loops import run_to_end
from packdesk.app.made_files import FileMaker
from packdesk.errors import NotPossibleError
from packdesk.sentence import Sentence
from packdesk.serve.app import make_app
from packdesk.serve.design import ServedDesign
from packdesk.serve.protocol import PatientProtocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from starlette.applications import Starlette

    from packdesk.serve.options import ServeOptions
    from packdesk.services.container import Services
    from packdesk.settings import Settings

BACKLOG = 1024
OPEN_FILES = 8192
GRACE_S = 1
MOST_PORT = 65535
_log = logging.getLogger(__name__)


def serve(
    settings: Settings, options: ServeOptions, told: Callable[[str], None], *, tied: bool = False
) -> None:
    """Serve the design the settings name until the process is asked to end.

    Args:
        settings: where it is kept and who paints.
        options: where to listen and whom to let in.
        told: called with the address once clients can connect.
        tied: whether it ends, too, when stdin is closed: whoever holds the other side has gone.

    Raises:
        NotPossibleError: the address cannot be listened at.
    """
    _allow_many_clients()
    with contextlib.closing(_listening(options)) as listening:
        place = f"{options.scheme}://{options.address}:{listening.getsockname()[1]}"
        changed = {} if "serve_url" in settings.model_fields_set else {"serve_url": place}
        named = settings.model_copy(update=changed)
        provider = choose_provider(named, key_keeper(named), beside_window=True)  # painting blocks no client
        with open_services(named, provider) as services:
            run_to_end(_served(services, listening, options, lambda: told(place), tied=tied))


async def _served(
    services: Services,
    listening: socket.socket,
    options: ServeOptions,
    ready: Callable[[], None],
    *,
    tied: bool,
) -> None:
    async with aclosing(services):
        design, own = ServedDesign(services), await services.shelf.own()
        app = make_app(design, FileMaker("" if own is None else own.id), options)
        server = _Server(app, options, design.hub.close, ready)
        if tied:
            threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
        design.begin()
        try:
            await server.serve([listening])
        finally:
            await design.close()


class _Server(uvicorn.Server):
    """uvicorn's server, which here tells when it listens, and ends without another signal."""

    def __init__(
        self, app: Starlette, options: ServeOptions, ending: Callable[[], None], ready: Callable[[], None]
    ) -> None:
        config = uvicorn.Config(
            app,
            http=PatientProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        config.load()
        config.ssl = options.tls()
        super().__init__(config)
        self._ending = ending
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, once the streams that never end are told to."""
        self._ending()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl+C and a polite kill are the usual end of a server: nobody is told of them again."""
        former = {
            number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.handle_exit(number, frame)


def _end_with_stdin(server: uvicorn.Server) -> None:
    with contextlib.suppress(OSError, ValueError):  # it is closed already
        while sys.stdin.buffer.read(1):
            pass
    server.should_exit = True


def _listening(options: ServeOptions) -> socket.socket:
    """As `_bound`, at the next port where one is taken, as far as there are spare ones."""
    for port in range(options.port, min(options.port + options.spare, MOST_PORT)):
        with contextlib.suppress(NotPossibleError):
            return _bound(replace(options, port=port))
    return _bound(replace(options, port=min(options.port + options.spare, MOST_PORT)))


def _bound(options: ServeOptions) -> socket.socket:
    """A socket at the address, listening soon.

    Raises:
        NotPossibleError: it is taken, forbidden, or none of this computer's.
    """
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # asyncio sends small answers at once only where the protocol is named; else each waits 40 ms.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere this would let two programs have one port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((options.host.strip("[]"), options.port))
        opened.listen(BACKLOG)
    except OSError as error:
        opened.close()
        raise _unbound(options, error) from error
    return opened


def _unbound(options: ServeOptions, error: OSError) -> NotPossibleError:
    if error.errno in {errno.EADDRINUSE, errno.EACCES} and options.port:
        if error.errno == errno.EADDRINUSE:
            return NotPossibleError(
                Sentence("Another program listens at port {port} already.", port=options.port),
                "End it, or take another one, such as --port 8001.",
            )
        return NotPossibleError(
            Sentence("The port {port} is kept for the system.", port=options.port),
            "Take one above 1024, such as --port 8000.",
        )
    return NotPossibleError(
        Sentence("packdesk cannot listen at {host}.", host=options.host[:80]),
        "Name an address of this computer with --host.",
    )


def _allow_many_clients() -> None:
    """Each client is an open file, and systems begin with few."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    if least != resource.RLIM_INFINITY and least < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
