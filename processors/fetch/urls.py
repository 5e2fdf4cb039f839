"""Addresses made comparable: without tracking parameters and in one spelling."""

import re
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit, urlunsplit

# Seen in real feeds and on their pages; what starts with one of the prefixes is tracking, too.
_PREFIXES = ("utm_", "at_", "mtm_", "pk_", "hsa_", "vero_", "oly_", "__hs")
_TRACKING = frozenset(
    {
        "traffic_source", "wt_mc", "wt_zmc", "wt.mc_id", "xtor", "cmpid", "cmp", "fbclid", "gclid", "dclid", "msclkid",
        "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname",
        "ns_fee", "ito", "icid", "ocid", "ncid", "sref", "smid", "smtyp", "partner", "feedtype", "maca", "rss", "dicbo",
        "ftag", "taid", "guccounter", "guce_referrer", "guce_referrer_sig", "_ga", "_gl", "ref_src", "cid_source",
        "campaign_id", "source_campaign", "xing_share", "reflink", "fl", "soc_src", "soc_trk", "li_source", "li_medium",
    }
)  # fmt: skip
_TRACKING_VALUES = {("ref", "rss"), ("from", "rss"), ("src", "rss"), ("source", "rss"), ("mod", "rss"), ("cmp", "rss")}
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_AROUND = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\n\r]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def canonical_url(url: str) -> str:
    """`url` without tracking parameters, fragment and default port, with the host in lower case.

    Parameters keep their order, and those that choose the article stay. What is no web address comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        return url.strip()
    # What stays is left as it is written: to encode it anew would change queries that are no forms, or not UTF-8.
    pieces = [piece for piece in parts.query.split("&") if not any(map(_is_tracking, parse_qsl(piece, True)))]
    fragment = parts.fragment if parts.fragment.startswith("!") else ""  # "#!/path" chooses the page on some old sites
    path, query = parts.path.strip() or "/", _query(parts.query, pieces).strip()
    return urlunsplit((parts.scheme.lower(), _netloc(parts.netloc, parts.scheme), path, query, fragment.strip()))


def _query(raw: str, kept: list[str]) -> str:
    # A "&" that stood beside what was taken out goes with it.
    return raw if len(kept) == raw.count("&") + 1 else "&".join(filter(None, kept))


def absolute_url(base: str, link: str) -> str | None:
    """`link`, as it stands in a document at `base`, as an absolute http(s) address; None where it is none.

    Control characters around it, and breaks within it, are none of it (URL Standard, 4.4); with others it is none.
    """
    try:
        absolute = urljoin(base, _BREAKS.sub("", link.strip().strip(_AROUND)))
        absolute.encode()  # half a character is a ValueError, too
        if _CONTROL.search(absolute):
            return None
        return absolute if urlsplit(absolute).scheme in _DEFAULT_PORTS else None
    except ValueError:
        return None


def _netloc(netloc: str, scheme: str) -> str:
    host = netloc.rpartition("@")[2].lower()
    return host.removesuffix(f":{_DEFAULT_PORTS[scheme.lower()]}").rstrip(".")


def _is_tracking(parameter: tuple[str, str]) -> bool:
    name, value = parameter[0].lower(), parameter[1]
    return name in _TRACKING or name.startswith(_PREFIXES) or (name, value.lower()) in _TRACKING_VALUES


def source_of(url: str) -> str:
    """The publisher of an article: the registered domain of its address ("tagesschau.de"). On this machine, where one
    server stands for many, it is the first part of the path ("elbkurier")."""
    from courlan import extract_domain

    from processors.fetch.hosts import is_loopback

    parts = urlsplit(url)
    if is_loopback(parts.netloc):
        return unquote(parts.path.strip("/").partition("/")[0]) or parts.netloc
    domain = extract_domain(url)
    return str(domain) if domain else (parts.hostname or "").removeprefix("www.")


def host_of(url: str) -> str:
    """Host and port of an address, as politeness counts hosts; "" for what has none."""
    try:
        return re.sub(r"^.*@", "", urlsplit(url.strip()).netloc).lower()
    except ValueError:
        return ""
