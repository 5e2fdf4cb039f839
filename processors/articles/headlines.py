"""Which of a page's headlines is the title of its article: it has some for readers, for search engines, for social
networks. The one in its JSON-LD is the most often the publisher's own (measured: benchmarks/articles.py); where another
one is taken, the page itself says why.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from processors.fetch.markup import line_of_text
from processors.fetch.urls import host_of

_LEAST = 25  # characters of a headline: what is shorter may be a label
_SHOWN = "//body//*[self::h2 or self::span][not(ancestor::a or ancestor::li or ancestor::nav or ancestor::h1 or .//a)]"
_DASH = r"\s+[|–—-]\s+"
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})  # in addresses


@dataclass(frozen=True, slots=True)
class Headlines:
    """What a page calls its article: `linked` and `alternative` in its JSON-LD, `shared` in og:title, `named` in a meta
    element named title, `heads` in h1 elements, `element` in its title element. Empty where it does not."""

    linked: str = ""
    alternative: str = ""
    shared: str = ""
    named: str = ""
    heads: tuple[str, ...] = ()
    element: str = ""

    def without_sites(self, names: Iterable[str], address: str) -> "Headlines":
        """These without the name of the site: one of `names`, its host, or what og:title has after a whole h1."""
        host = host_of(address).removeprefix("www.")
        after = [self.shared[len(head) :] for head in self.heads if len(head) > 20 and self.shared.startswith(head)]
        sites = {_bare(name) for name in (*names, host, host.partition(".")[0], *after)} - {""}
        linked, shared, element = (without_site(title, sites) for title in (self.linked, self.shared, self.element))
        heads = (*(without_site(head, sites) for head in self.heads[:1]), *self.heads[1:])
        return replace(self, linked=linked, shared=shared, heads=heads, element=element)


def without_site(title: str, sites: set[str]) -> str:
    """`title` without the name of its site at the end: "Rat tagt | Turmbote"."""
    parts = re.split(_DASH, title)
    if len(parts) > 1 and _bare(parts[-1]) in sites:
        end = title.rindex(parts[-1])
        return re.sub(r"\s+[|–—-]\s*$", "", title[:end]).strip()
    return title


def title_of(tree: Any, told: Headlines, address: str) -> str:
    """The title of the article on a page (lxml) that calls itself so and has this address."""
    linked, shared = told.linked, told.shared
    if len(shared) > _LEAST and linked.endswith(shared):
        # "Kicker: Headline" and "Headline": a kicker names a subject, and is no part of the news. But og:title is made
        # for networks; a page that names its title with the kicker, and without the site, counts it as a part.
        return linked if told.named == linked else shared
    if (linked in told.heads and _is_shown_beside_h1(tree, shared)) or _is_rewritten(told, address):
        return _without_kicker(shared, told.alternative)
    return next((title for title in (linked, shared, *told.heads[:1], told.element) if title), "")


def _is_shown_beside_h1(tree: Any, title: str) -> bool:
    """Whether readers see `title` as a headline that is no h1: then the page's h1, often the last of its breadcrumbs,
    is the one for search engines. What stands in a link, a list or a navigation is of another article, or a path."""
    return len(_bare(title)) > _LEAST and any(
        _bare(line_of_text(" ".join(shown.itertext()))) == _bare(title) for shown in tree.xpath(_SHOWN)
    )


def _is_rewritten(told: Headlines, address: str) -> bool:
    """Whether the JSON-LD alone has a later headline: all others agree, and the address, which keeps the one that the
    article came out with, has more of theirs."""
    others = {_bare(title) for title in (told.shared, told.element, *told.heads[:1])}
    return len(others) == 1 and _share_in(address, told.shared) > _share_in(address, told.linked)


def _share_in(address: str, title: str) -> float:
    words = _spelled(title)
    return len(words & _spelled(address)) / max(len(words), 1)


def _spelled(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{3,}", text.lower().translate(_SPELLED)))


def _without_kicker(title: str, alternative: str) -> str:
    """`title` without its kicker, if the page joins the two in different ways, "Kicker: Headline" here and "Kicker -
    Headline" there: so they are two things to it."""
    kicker, _, rest = title.partition(": ")
    apart = re.split(_DASH, alternative, maxsplit=1)
    return rest if len(rest) > _LEAST and [_bare(part) for part in apart] == [_bare(kicker), _bare(rest)] else title


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name.lower())
