"""Which firm is meant: names and web addresses made comparable. `engines/keys.py` does it by columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from psm_qualify.facts.text import blank, squash
from psm_qualify.facts.types import DEFAULT_UNKNOWN

LEGAL = (
    "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "llp", "lp", "pllc", "plc",
    "pc", "pa", "gmbh", "mbh", "ag", "kg", "ug", "ohg", "sa", "sas", "sarl", "srl", "spa", "sl", "bv", "nv", "ab", "oy",
    "as", "aps", "pty", "pte", "sdn bhd", "kk", "cc", "ulc", "lllp", "gbr", "eurl", "lda", "ltda",
)  # fmt: skip
"""Endings that say in what form a firm is registered, and nothing of which firm it is."""

SHARED = (
    "facebook.com", "linkedin.com", "instagram.com", "twitter.com", "x.com", "youtube.com", "tiktok.com",
    "yelp.com", "google.com", "sites.google.com", "maps.google.com", "goo.gl", "bit.ly", "linktr.ee", "wixsite.com",
    "wordpress.com", "blogspot.com", "weebly.com", "godaddysites.com", "square.site", "business.site", "etsy.com",
    "amazon.com", "shopify.com", "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com",
    "live.com", "msn.com", "aol.com", "icloud.com", "me.com", "mac.com", "comcast.net", "verizon.net", "att.net",
    "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "protonmail.com", "proton.me", "gmx.com", "gmx.de",
    "gmx.net", "web.de", "t-online.de", "mail.com", "zoho.com", "yahoo.co.uk", "hotmail.co.uk", "btinternet.com",
    "example.com",
)  # fmt: skip
"""Hosts that many firms share: a page or a mailbox there is no address of a firm's own."""

NO_NAMES = tuple(dict.fromkeys(map(squash, DEFAULT_UNKNOWN)))
"""What is left of values that mean unknown."""
AND, AMPERSAND = " and ", " & "
SIGMAS = "ς", "σ"
"""Two small letters for one large one: the last in a word, and any other."""
ENDINGS = rf"(?:[ ,(]+(?:& )?(?:{'|'.join(LEGAL)}))+[ )]*$"
WHITE = " \t\n\r\x0b\x0c\xa0"
"""What may stand around a text and means nothing."""
PREFIX = "www."
MARKS = ("/", "?", "#", ":", ",", ";", " ")
"""Where a host ends."""


def _small(text: str) -> str:
    return text.lower().replace(*SIGMAS)


def domain_key(text: str) -> str:
    """The host of an address or mailbox, where it is a firm's own; else nothing."""
    host = _small(text.strip(WHITE)).split("://")[-1].split("@")[-1]
    for mark in MARKS:
        host = host.split(mark)[0]
    host = host.removeprefix(PREFIX)
    return host if "." in host and not blank(host) and host not in SHARED else ""


def name_key(text: str) -> str:
    """The letters and digits of a firm's name, without its legal endings."""
    name = _small(text.strip(WHITE)).replace(".", "").replace(AND, AMPERSAND)
    key = squash(re.sub(rf"{ENDINGS}(?!\n)", "", name))  # RE2's $ is the very end
    return "" if key in NO_NAMES else key


def id_key(text: str) -> str:
    """A record's number as it is written."""
    key = text.strip(WHITE)
    return "" if blank(key) or key.lower() in DEFAULT_UNKNOWN else key


FIRM_KEYS: Mapping[str, Callable[[str], str]] = {"id": id_key, "domain": domain_key, "name": name_key}
"""What tells that two records are one firm, the surest first, by the field in whose cells it stands."""
KINDS = tuple(FIRM_KEYS)
