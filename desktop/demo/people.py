"""The people of the fictitious city: about 200, with posts, always the same ones.

Surnames follow their real frequency; the names are put together by chance and mean nobody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from desktop.demo.city import DemoUnit, read_demo_json
from desktop.documents.read_sheet import SheetRow

SEED = 2026
MEN, WOMEN = "男", "女"


@dataclass(frozen=True)
class DemoPost:
    """One post of one person. ``unit`` is its short name; ``until`` is None for who is in office.

    The telephone numbers begin with 10, as no mobile number does.
    """

    name: str
    gender: str
    unit: str
    title: str
    role: str
    since: date
    basis: str
    until: date | None = None
    phone: str = ""


@dataclass(frozen=True)
class OfficeMember:
    """Somebody of the supervision office itself; ``workspace`` is the folder in which he works."""

    name: str
    title: str
    role: str
    workspace: str


def make_posts(units: Iterable[DemoUnit], seed: int = SEED) -> tuple[DemoPost, ...]:
    """Everybody of every unit in official order; a head who left in June stands before his successor."""
    people = read_demo_json("people.json")
    posts = [
        post
        for appointed in _appointments(units, people, seed)
        for post in _with_predecessor(appointed, people["succession"])
    ]
    return tuple(replace(post, phone=f"10{number:09d}") for number, post in enumerate(posts, start=1))


def people_rows(posts: Iterable[DemoPost]) -> tuple[SheetRow, ...]:
    """The posts as they go into a spreadsheet."""
    return tuple(
        SheetRow(
            {
                "name": post.name,
                "gender": post.gender,
                "unit": post.unit,
                "title": post.title,
                "role": post.role,
                "from_date": post.since,
                "to_date": post.until,
                "basis": post.basis,
                "phone": post.phone,
            }
        )
        for post in posts
    )


def office_members() -> tuple[OfficeMember, ...]:
    """Who plans and merges at the centre, and the two teams on the road."""
    return tuple(
        OfficeMember(row["name"], row["title"], row["role"], row["workspace"])
        for row in read_demo_json("people.json")["office"]
    )


def team_name(workspace: str) -> str:
    """What the laptop of a team is called on screens and forms."""
    names: Mapping[str, str] = read_demo_json("people.json")["teams"]
    return names[workspace]


def _appointments(units: Iterable[DemoUnit], people: Mapping[str, Any], seed: int) -> Iterator[DemoPost]:
    named = {(row["unit"], row["role"]): (row["name"], row["gender"]) for row in people["named"]}
    taken = {name for name, _gender in named.values()} | {member.name for member in office_members()}
    names = _names(people, Random(seed), taken)  # noqa: S311  # invented names, not secrets
    since = date.fromisoformat(people["in_office_since"])
    for unit in units:
        kind = "county" if unit.kind in people["county_kinds"] else "department"
        head = _head_title(unit.name, people["head_titles"])
        for role, title in people["posts"][kind]:
            name, gender = named.pop((unit.short, role), None) or next(names)
            yield DemoPost(
                name, gender, unit.short, title.format(head=head), role, since, people["in_office_by"]
            )


def _with_predecessor(post: DemoPost, succession: Mapping[str, str]) -> Iterator[DemoPost]:
    if (post.unit, post.role) != (succession["unit"], succession["role"]):
        yield post
        return
    yield replace(
        post,
        name=succession["predecessor"],
        gender=succession["gender"],
        until=date.fromisoformat(succession["left_on"]),
    )
    yield replace(post, since=date.fromisoformat(succession["came_on"]), basis=succession["came_by"])


def _head_title(unit_name: str, titles: Sequence[tuple[str, str]]) -> str:
    """What the head of a unit is called; what stands in brackets after the name does not count."""
    plain = unit_name.partition("（")[0]
    return next(title for ending, title in titles if plain.endswith(ending))


def _names(people: Mapping[str, Any], rng: Random, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Names without end, none of them twice, each with its gender."""
    surnames: Mapping[str, int] = people["surnames"]
    used = set(taken)
    while True:
        gender = WOMEN if rng.random() < people["share_of_women"] else MEN
        (surname,) = rng.choices(list(surnames), list(surnames.values()))
        characters = people["given_names"][gender]
        if rng.random() < people["share_of_one_character"]:
            given = rng.choice(characters["one"])
        else:
            given = rng.choice(characters["first"]) + rng.choice(characters["second"])
        if surname + given not in used and given[0] != given[-1:] * (len(given) - 1):
            used.add(surname + given)
            yield surname + given, gender
