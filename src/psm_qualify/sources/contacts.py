"""Contact lists: people with a job title and the firm they work for. They join prospects by domain, else by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from psm_qualify.errors import InputError
from psm_qualify.facts.firms import domain_key, name_key
from psm_qualify.facts.text import shortened, squash
from psm_qualify.sources.delimited import read_carefully, records
from psm_qualify.sources.table import Table, Wanted

HEADERS: Mapping[str, tuple[str, ...]] = {
    "title": ("job title", "title", "position", "role", "job position", "contact title", "contact job title",
              "person job title", "current title", "current position", "job role", "job function", "designation",
              "occupation", "headline", "person title", "lead title", "jobtitle", "linkedin headline"),
    "domain": ("company domain name", "company domain", "domain", "domain name", "company website", "website",
               "account website", "organization website", "company url", "website url", "web site", "url",
               "company website domain", "employer website"),
    "email": ("email", "email address", "work email", "business email", "e mail", "corporate email", "contact email",
              "primary email", "e mail address", "person email work", "mail", "verified email"),
    "company": ("company name", "company", "account name", "account account name", "organization name", "organization",
                "organisation", "organisation name", "employer", "company account", "current company", "account",
                "associated company", "primary associated company", "company name for emails", "business name",
                "person organization", "firm", "current company name", "firm name", "employer name"),
}  # fmt: skip
"""The headers under which each part stands, the best first; compared by letters and digits."""
FIRM = ("domain", "email", "company")


@dataclass(frozen=True, slots=True)
class Person:
    """One contact: the keys of the firm, its name as it is written, the job title."""

    domain: str
    name: str
    firm: str
    title: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """An opened contact list, and the column (its position) of each part of a contact."""

    table: Table
    columns: Mapping[str, int]

    def people(self, wanted: Wanted) -> Iterator[Person]:
        """The contacts one by one, those without a firm too."""
        for _, _, cells in records(self.table, wanted):
            text = {part: cells[index] for part, index in self.columns.items()}
            firm = text.get("company", "") or text.get("domain", "") or text.get("email", "")
            domain = domain_key(text.get("domain", "")) or domain_key(text.get("email", ""))
            yield Person(domain, name_key(text.get("company", "")), firm.strip(), text.get("title", ""))


def map_contacts(table: Table, wanted: Wanted) -> Contacts:
    """The contacts of an opened table, read record by record. Raises InputError where firm or title has no column."""
    positions: dict[str, int] = {}
    for index, header in enumerate(table.headers):
        positions.setdefault(squash(header), index)
    columns: dict[str, int] = {}
    for part, headers in HEADERS.items():
        found = [positions[squash(header)] for header in headers if squash(header) in positions]
        if found:
            columns[part] = found[0]
    if "title" not in columns or columns.keys().isdisjoint(FIRM):
        raise InputError(_not_contacts(table, columns))
    if not table.scan.placed:
        table = read_carefully(table, wanted)
    return Contacts(table, columns)


def contact_headers() -> frozenset[str]:
    """The headers that mean something in a contact list, as letters and digits."""
    return frozenset(squash(header) for headers in HEADERS.values() for header in headers)


def _not_contacts(table: Table, columns: Mapping[str, int]) -> str:
    lacks = "job titles" if "title" not in columns else "firms"
    wanted = HEADERS["title"] if lacks == "job titles" else (*HEADERS["company"][:3], *HEADERS["domain"][:2], "email")
    headers = ", ".join(repr(shortened(header, 40)) for header in table.headers[:8])
    return (
        f"{table.name}: a contact list has a column of {lacks}, and none is recognised here among {headers}. "
        f"Call it {' or '.join(map(repr, wanted[:4]))}"
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Which people belong to which prospects: job titles by position, how many joined, the firms that did not."""

    titles: Mapping[int, tuple[str, ...]]
    people: int
    joined: int
    left: tuple[str, ...]


def join(people: Iterable[Person], prospects: Iterable[tuple[int, str, str]], most_left: int) -> Found:
    """Joins people to prospects, each (position, domain key, name key): by domain where a prospect has it, else by
    name. A person belongs to every prospect that is the firm."""
    by_domain: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for position, domain, name in prospects:
        by_domain.setdefault(domain, []).append(position)
        by_name.setdefault(name, []).append(position)
    titles: dict[int, list[str]] = {}
    left: dict[str, None] = {}
    count = joined = 0
    for person in people:
        count += 1
        positions = (by_domain.get(person.domain) if person.domain else None) or (
            by_name.get(person.name) if person.name else None
        )
        if positions:
            joined += 1
            for position in positions:
                titles.setdefault(position, []).append(person.title)
        elif len(left) < most_left:
            left[person.firm] = None
    return Found({position: tuple(found) for position, found in titles.items()}, count, joined, tuple(left))
