"""Which network addresses may be connected to. Checked on the address of the socket, not on a name."""

import ipaddress
from collections.abc import Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Local NAT64 (RFC 8215), IPv4-translated (RFC 2765), site-local (RFC 3879), documentation (RFC 9637): Python 3.11 holds
# them for public.
_NOT_PUBLIC = [ipaddress.ip_network(net) for net in ("64:ff9b:1::/48", "::ffff:0:0:0/96", "fec0::/10", "3fff::/20")]
# Azure's metadata and DNS address is the one of the well-known metadata services that lies in public space.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})


def embedded_addresses(address: Address) -> list[Address]:
    """`address` and every IPv4 address that is wrapped in it: mapped, 6to4, Teredo, NAT64, IPv4-compatible."""
    found: list[Address] = [address]
    if isinstance(address, ipaddress.IPv4Address):
        return found
    found += [inner for inner in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if inner]
    if address in _NAT64 or (int(address) >> 32 == 0 and int(address) > 1):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def is_allowed(text: str, *, allow_private: bool = False, networks: Sequence[Network] = ()) -> bool:
    """Whether the address `text` (without a port; an IPv6 scope is ignored) may be connected to.

    Public unicast addresses may; private and loopback ones only with `allow_private` or in one of `networks`;
    link-local, metadata, multicast and unspecified ones never.
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    wrapped = embedded_addresses(address)
    if address != wrapped[-1]:  # the wrapping itself is reserved space: what counts is what is inside
        wrapped = wrapped[1:]
    return all(_one_allowed(inner, allow_private, any(inner in net for net in networks)) for inner in wrapped)


def _one_allowed(address: Address, allow_private: bool, listed: bool) -> bool:
    if address.is_link_local or address.is_multicast or address.is_unspecified or address in _METADATA:
        return False
    if listed:
        return True
    if address.is_global and not any(address in net for net in _NOT_PUBLIC):
        return True
    return allow_private and (address.is_private or address.is_loopback)
