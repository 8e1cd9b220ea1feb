"""The client of the Gemini API. The one file that imports google-genai, which takes half a second."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import httpx2
from google import genai
from google.genai import errors, types

from packdesk.errors import InvalidSettingError
from packdesk.generation.gemini import faults
from packdesk.generation.gemini.answers import Drawn, ask_plainly, bound, picture_in
from packdesk.generation.gemini.network import check_network

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from pydantic import SecretStr

    from packdesk.domain.request import EarlierTurn
    from packdesk.errors import GenerationFailedError

T = TypeVar("T")

GOOGLE = "https://generativelanguage.googleapis.com/"
READ_S = 90.0
CONNECT_S = 10.0
_LIST_S = 15.0
_CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DrawCall:
    """One request to the model: prompt, pictures (PNG), the shape of the answer, and the turn before."""

    model: str
    prompt: str
    pictures: tuple[bytes, ...]
    ratio: str
    tier: str
    seed: int
    earlier: EarlierTurn | None = None


class GeminiClient:
    """A connection to the Gemini API with one key. Belongs to one event loop; opening it blocks for 50 ms.

    The transport is our own, because the client's default follows redirects and sends the key along, and
    takes another transport altogether where `aiohttp` happens to be installed. There are no retries here.
    """

    def __init__(self, key: SecretStr, url: str | None = None, read_s: float = READ_S) -> None:
        """Open it; `url` replaces Google's address, `read_s` is how long one answer may keep us waiting.

        Raises:
            InvalidSettingError: the address is neither https nor on this machine.
            ProviderSetupError: the environment names a proxy or certificates that cannot be used.
        """
        local = check_url(url)
        if not local:
            check_network()
        self._key = key
        self._read_s = read_s
        self._users = 0
        self._leaving = False
        secure = httpx2.create_ssl_context(trust_env=not local)  # one for both clients: it takes 25 ms
        self._transport = httpx2.AsyncClient(
            verify=secure,
            follow_redirects=False,
            trust_env=not local,  # a proxy in the environment would take even this machine's own addresses
            limits=httpx2.Limits(max_connections=20),
            event_hooks={"request": [_connect_soon, ask_plainly], "response": [bound]},
        )
        options = types.HttpOptions(
            base_url=url or GOOGLE,  # said, or a variable in the environment would send the key elsewhere
            timeout=round(read_s * 1000),  # for each read; the deadline of a panel is kept elsewhere
            client_args={"verify": secure, "follow_redirects": False, "trust_env": not local},
            httpx_async_client=self._transport,
        )
        # vertexai is said, or a variable in the environment would choose another service.
        self._client = genai.Client(vertexai=False, api_key=key.get_secret_value(), http_options=options)

    async def draw(self, call: DrawCall) -> Drawn:
        """Ask for one picture and return it encoded, unchecked, and its signature.

        Raises:
            GenerationFailedError: there is none; one of its kinds.
        """
        parts = [types.Part.from_bytes(data=png, mime_type="image/png") for png in call.pictures]
        parts.append(types.Part.from_text(text=call.prompt))
        config = types.GenerateContentConfig(
            response_modalities=["IMAGE"],
            seed=call.seed,
            image_config=types.ImageConfig(aspect_ratio=call.ratio, image_size=call.tier),
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )
        asking = self._client.aio.models.generate_content(
            model=call.model,
            contents=[*_earlier(call), types.Content(role="user", parts=parts)],
            config=config,
        )
        return picture_in(await self._translated(asking, call.model))

    async def knows(self, model: str) -> bool:
        """Whether the key is accepted and the model exists for it; costs nothing.

        Raises:
            GenerationFailedError: the key is not accepted, or the service does not answer.
        """
        config = types.ListModelsConfig(
            page_size=1000, http_options=types.HttpOptions(timeout=round(_LIST_S * 1000))
        )
        page = await self._translated(self._client.aio.models.list(config=config), model)
        return any((found.name or "").removeprefix("models/") == model for found in page.page)

    @contextlib.asynccontextmanager
    async def in_use(self) -> AsyncIterator[None]:
        """Keep the connections open inside the block, even after `aclose`."""
        self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            if self._leaving and not self._users:
                await self._close()

    async def aclose(self) -> None:
        """Close every connection: at once, or when the last `in_use` block ends."""
        self._leaving = True
        if not self._users:
            await self._close()

    async def _close(self) -> None:
        self._client.close()
        await self._transport.aclose()

    async def _translated(self, asking: Awaitable[T], model: str) -> T:
        """Await an answer; every fault becomes a `GenerationFailedError`.

        It is raised outside of the client's own error, whose request holds the key.
        """
        try:
            return await asking
        except errors.APIError as error:
            headers = getattr(error.response, "headers", {})
            message = self._without_key(str(error.message or error.status or ""))
            fault = faults.from_status(error.code or 500, message, error.details, headers, model)
        except httpx2.ProxyError as error:
            fault = faults.proxy_refused(str(error))
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            fault = faults.not_trusted() if _CERTIFICATE in str(error) else faults.unreachable()
        except httpx2.TimeoutException:
            fault = _perhaps_billed(faults.timed_out(self._read_s))
        except httpx2.HTTPError:
            fault = _perhaps_billed(faults.connection_broke())
        except Exception as error:  # noqa: BLE001
            # What the client makes of JSON that is cut, nested without end, of another shape, or no JSON at
            # all. Only its kind is logged: its text may hold the request or the answer.
            _log.info("Google's client gave up on an answer: %s", type(error).__name__)
            fault = _perhaps_billed(faults.unreadable())
        raise fault

    def _without_key(self, text: str) -> str:
        # Google names a suspended key in full, and a proxy's error page may repeat the whole request.
        return text.replace(self._key.get_secret_value(), "(the key)")


def _earlier(call: DrawCall) -> list[types.Content]:
    """The turn before, as the service wants to have it back."""
    turn = call.earlier
    if turn is None:
        return []
    picture = types.Part(
        inline_data=types.Blob(data=turn.png, mime_type="image/png"), thought_signature=turn.signature
    )
    asked = types.Part.from_text(text=turn.words or "Draw the artwork.")
    return [types.Content(role="user", parts=[asked]), types.Content(role="model", parts=[picture])]


def check_url(url: str | None) -> bool:
    """Whether the address is on this machine.

    Raises:
        InvalidSettingError: it is neither https nor on this machine.
    """
    if url is None:
        return False
    try:
        parts = urlsplit(url)
        local = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        local = False
    if (parts.scheme == "https" and parts.hostname) or (parts.scheme == "http" and local):
        return local
    raise InvalidSettingError(
        "The address of the Gemini service must begin with https://.",
        "Correct the address.",
        terminal="PACKDESK_GEMINI_URL has it.",
    )


def _perhaps_billed(fault: GenerationFailedError) -> GenerationFailedError:
    fault.billing = "perhaps"
    return fault


async def _connect_soon(request: httpx2.Request) -> None:
    # Google's client gives every request one timeout for everything.
    waits = request.extensions["timeout"]
    waits["connect"] = min(CONNECT_S, waits["connect"])
