"""Which addresses a feed may be read from. Judged is the address that a connection goes to, so no spelling of it gets around this."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# IANA's registries of special-purpose addresses. Python's own `is_global` differs from version to version, and calls multicast global.
_IPV4 = {
    "0.0.0.0/8": "an unspecified address",
    "10.0.0.0/8": "a private address",
    "100.64.0.0/10": "an address inside a carrier's network",
    "127.0.0.0/8": "a loopback address",
    "168.63.129.16/32": "an address inside a cloud",
    "169.254.0.0/16": "a link-local address",
    "172.16.0.0/12": "a private address",
    "192.0.0.0/24": "a reserved address",
    "192.0.2.0/24": "an address for documentation",
    "192.88.99.0/24": "an address of a tunnel",
    "192.168.0.0/16": "a private address",
    "198.18.0.0/15": "an address for measurements",
    "198.51.100.0/24": "an address for documentation",
    "203.0.113.0/24": "an address for documentation",
    "224.0.0.0/4": "a multicast address",
    "240.0.0.0/4": "a reserved address",
}
_IPV6 = {
    "::/128": "an unspecified address",
    "::1/128": "a loopback address",
    "64:ff9b:1::/48": "an address of a tunnel",
    "2001::/32": "an address of a tunnel",
    "2001::/23": "a reserved address",
    "2001:db8::/32": "an address for documentation",
    "2002::/16": "an address of a tunnel",
    "3fff::/20": "an address for documentation",
    "fc00::/7": "a private address",
    "fe80::/10": "a link-local address",
    "fec0::/10": "a private address",
    "ff00::/8": "a multicast address",
}
_SPECIAL = tuple((ip_network(network), kind) for table in (_IPV4, _IPV6) for network, kind in table.items())
NOT_ALLOWED = "which is not allowed"
"""How every refusal ends; it begins with the host."""
_GIVEN_OUT = ip_network("2000::/3")
"""All of IPv6 that is given out for the public."""
_NAT64 = ip_network("64:ff9b::/96")
_ISATAP = 0x5EFE
"""The third quarter of an address that carries an IPv4 address in its last one, its two high bits aside."""


@dataclass(frozen=True, slots=True)
class Access:
    """Which addresses that are not public may be reached: networks (`10.0.0.0/8`), addresses, and names of hosts (`intranet.example`).

    `by_hand`: a person named the address asked for, so its host may be private too; where it redirects to may not.
    """

    private: tuple[str, ...] = ()
    by_hand: bool = False

    def for_host(self, host: str) -> Access:
        """What holds while an address at `host` is read."""
        return Access((*self.private, host)) if self.by_hand else self

    def refusal(self, host: str, address: str) -> str:
        """Why a connection to `address`, found by the name `host`, must not be made; empty when it may."""
        inner = _inner(ip_address(address.partition("%")[0]))
        kind = _kind(inner)
        if not kind or any(_names(row, host, inner) for row in self.private):
            return ""
        return f"{host if host == address else f'{host} ({address})'} is {kind}, {NOT_ALLOWED}"


PUBLIC = Access()
BY_HAND = Access(by_hand=True)


def is_public(address: str) -> bool:
    return not _kind(_inner(ip_address(address.partition("%")[0])))


def _names(row: str, host: str, address: IPv4Address | IPv6Address) -> bool:
    try:
        return address in ip_network(row, strict=False)
    except ValueError:
        return row.rstrip(".").casefold() == host.rstrip(".").casefold()


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that the network makes of an IPv6 one: a mapped one, or behind NAT64. Any other is itself."""
    if isinstance(address, IPv6Address) and (address.ipv4_mapped is not None or address in _NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _kind(address: IPv4Address | IPv6Address) -> str:
    for network, kind in _SPECIAL:
        if address in network:
            return kind
    if isinstance(address, IPv4Address):
        return ""
    if address not in _GIVEN_OUT:
        return "a reserved address"
    return "an address of a tunnel" if int(address) >> 32 & 0xFCFFFFFF == _ISATAP else ""
