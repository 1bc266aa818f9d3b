"""What goes wrong with a server, as a sentence."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from http import HTTPStatus

import httpx2

from rtm_gate.model.moment import spell
from rtm_gate.news.fetching.unfold import BROKEN_OFF

_UNREACHED = "the server could not be reached"
_UNANSWERED = "the server broke the connection off before it had answered"


def unreached(error: Exception) -> str:
    """Nothing came back: no connection, or no answer on it."""
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return f"the server's certificate is not trusted: {cause.verify_message.rstrip('.')}"
            case ssl.SSLError():
                return f"{_UNREACHED}: no encrypted connection came about"
            case socket.gaierror() | UnicodeError():
                return f"{_UNREACHED}: its name could not be resolved"
            case ConnectionRefusedError():
                return f"{_UNREACHED}: the connection was refused"
            case OSError(strerror=str(words)):
                return f"{_UNREACHED}: {words.lower()}" if isinstance(error, httpx2.ConnectError) else _UNANSWERED
    if isinstance(error, httpx2.ConnectError):
        return f"{_UNREACHED}: {error}"
    # h11 says which answer a server would deserve that got this from a client: 431 stands for headers that are too long.
    hints = [hint for cause in _causes(error) if (hint := getattr(cause, "error_status_hint", None))]
    if hints:
        return "the server's headers are too long" if 431 in hints else "the server does not speak HTTP"
    return _UNANSWERED


def broken(error: Exception) -> str:
    """The answer had begun."""
    if isinstance(error, httpx2.RemoteProtocolError) and "closed" not in str(error):
        return "the answer is garbled: its parts do not say how long they are"
    return BROKEN_OFF


def answered(status: int, wait: int | None = None) -> str:
    """An answer that is not a feed, by its status."""
    try:
        words = f" ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        words = ""
    return f"the server answered {status}{words}" + (f" and asks to wait {spell(wait)}" if wait else "")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
