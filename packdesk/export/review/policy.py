"""What a review page may do: its two scripts are named by their hashes, and nothing outside it is asked.

A page that `packdesk serve` sends may send its answer there. Source: Content Security Policy Level 3, W3C.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re

_CONNECT, _CONNECT_LIVE = "connect-src data: blob:;", "connect-src 'self' data: blob:;"
_NOT_LIVE, _LIVE = b'"live": false', b'"live": true'
_NAMED = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]+)"')


def policy(*scripts: str) -> str:
    """The policy of a page with these scripts."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}'"
        for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        f"font-src data:; {_CONNECT} base-uri 'none'; form-action 'none'"
    )


def as_served(page: bytes) -> bytes:
    """The same page for a browser that got it from `packdesk serve`: it may send its answer there."""
    head, mark, rest = page.partition(b"</head>")
    allowed = head.replace(_CONNECT.encode(), _CONNECT_LIVE.encode())
    return allowed + mark + rest.replace(_NOT_LIVE, _LIVE, 1)


def policy_of(page: bytes) -> str:
    """The content security policy a page names, for the header it is served with."""
    found = _NAMED.search(page)
    assert found is not None  # every page has one
    return html.unescape(found.group(1).decode("ascii"))
