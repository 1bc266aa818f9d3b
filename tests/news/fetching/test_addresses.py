"""Which addresses may be called, however they are written."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_network

import httpcore2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.news.fetching import PUBLIC, Access
from rtm_gate.news.fetching.addresses import is_public
from rtm_gate.news.fetching.dial import Guard, NotAllowedError

PRIVATE = [
    ip_network(row)
    for row in ("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3")
]


def within(base: int, bits: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2**bits - 1).map(lambda rest: base | rest)


private = st.sampled_from(PRIVATE).flatmap(lambda network: within(int(network.network_address), 32 - network.prefixlen))
public_prefix = within(0x2A00 << 112, 112).map(lambda value: value >> 64 << 64)

EMBEDDINGS: dict[str, Callable[[int, int], int]] = {
    "itself, in the lowest bits": lambda four, rest: four,
    "mapped": lambda four, rest: 0xFFFF << 32 | four,
    "translated": lambda four, rest: 0xFFFF << 48 | four,
    "NAT64": lambda four, rest: 0x64FF9B << 96 | four,
    "NAT64 of the site": lambda four, rest: 0x64FF9B0001 << 80 | (rest & 0xFFFFFFFFFFFF) << 32 | four,
    "6to4": lambda four, rest: 0x2002 << 112 | four << 80 | rest,
    "Teredo, of its server": lambda four, rest: 0x20010000 << 96 | four << 64 | rest,
    "Teredo, of its client": lambda four, rest: 0x20010000 << 96 | (rest & 0xFFFFFFFF) << 32 | four ^ 0xFFFFFFFF,
}


@given(private)
def test_a_private_address(four: int) -> None:
    assert not is_public(str(IPv4Address(four)))


@pytest.mark.parametrize("how", EMBEDDINGS)
@given(four=private, rest=within(0, 64))
def test_a_private_address_inside_another(how: str, four: int, rest: int) -> None:
    assert not is_public(str(IPv6Address(EMBEDDINGS[how](four, rest))))


@given(private, public_prefix, st.sampled_from([0x00005EFE, 0x02005EFE]))
def test_a_private_address_behind_a_tunnel_of_the_site(four: int, prefix: int, mark: int) -> None:
    assert not is_public(str(IPv6Address(prefix | mark << 32 | four)))


@given(st.integers(0, 2**128 - 1).filter(lambda value: value >> 125 != 1 and value >> 32 not in (0xFFFF, 0x64FF9B << 64)))
def test_all_outside_of_what_is_given_out(six: int) -> None:
    """2000::/3 aside, IPv6 has no public address but those that stand for one of IPv4."""
    assert not is_public(str(IPv6Address(six)))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("93.184.216.34", True),
        ("172.32.0.1", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("64:ff9b::5db8:d822", True),
        ("::ffff:93.184.216.34", True),
        ("255.255.255.255", False),
        ("168.63.129.16", False),
        ("192.0.2.1", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("2001:1::1", False),
    ],
)
def test_an_address(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("allowed", "host", "address", "may"),
    [
        ("10.0.0.0/8", "wire.example", "10.2.3.4", True),
        ("10.0.0.0/8", "wire.example", "::ffff:10.2.3.4", True),
        ("10.0.0.0/8", "wire.example", "192.168.1.1", False),
        ("127.0.0.1", "localhost", "127.0.0.1", True),
        ("127.0.0.1", "localhost", "127.0.0.2", False),
        ("127.0.0.1", "localhost", "::1", False),
        ("fd00::/8", "wire.example", "fd12::1", True),
        ("intranet.example", "intranet.example", "10.1.1.1", True),
        ("intranet.example", "Intranet.Example.", "10.1.1.1", True),
        ("intranet.example", "www.intranet.example", "10.1.1.1", False),
        ("intranet.example", "elsewhere.example", "10.1.1.1", False),
        ("10.0.0.0/99", "wire.example", "10.1.1.1", False),
    ],
)
def test_what_is_allowed(allowed: str, host: str, address: str, may: bool) -> None:
    assert (Access((allowed,)).refusal(host, address) == "") is may


# ---- the call itself ----------------------------------------------------------------------------------------------------


def dial(host: str, access: Access = PUBLIC) -> str:
    """'' when a connection came about, else why it must not be made."""

    async def once() -> None:
        await (await Guard(access, httpcore2.AnyIOBackend()).connect_tcp(host, port)).aclose()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        try:
            asyncio.run(once())
        except NotAllowedError as refusal:
            return str(refusal)
    return ""


SPELLINGS = ["127.0.0.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1", "017700000001", "localhost", "::ffff:127.0.0.1"]


@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_ends_at_the_same_check(host: str) -> None:
    assert dial(host).endswith("is a loopback address, which is not allowed")


def test_the_call_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that says something else each time it is asked: were it asked again for the call, the call would go astray."""
    monkeypatch.setattr(socket, "getaddrinfo", answering(["127.0.0.1"], ["127.0.0.2"]))
    assert dial("rebinding.example", Access(("127.0.0.1",))) == ""


def test_one_bad_address_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering(["127.0.0.1", "10.0.0.1"]))
    assert dial("two.example", Access(("127.0.0.1",))) == "two.example (10.0.0.1) is a private address, which is not allowed"


def test_the_next_address_where_one_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering(["127.0.0.3", "127.0.0.1"]))
    assert dial("two.example", Access(("127.0.0.0/8",))) == ""


def answering(*answers: Iterable[str]) -> Callable[..., list[tuple[int, int, int, str, tuple[str, int]]]]:
    """A name server that gives these answers for names, one after the other, and knows how to read an address."""
    left, real = list(answers), socket.getaddrinfo

    def look_up(host: str, port: int, *rest: int, **more: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        if not host.endswith(".example"):
            return real(host, port, *rest, **more)  # type: ignore[return-value]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in left.pop(0)]

    return look_up
