from collections import Counter
from datetime import date
from itertools import groupby

from desktop.demo.city import demo_units
from desktop.demo.people import make_posts, office_members, people_rows
from desktop.documents.sheet_columns import KINDS

POSTS = make_posts(demo_units())


def test_the_people_are_the_same_every_time():
    assert make_posts(demo_units()) == POSTS
    assert make_posts(demo_units(), seed=7) != POSTS


def test_there_are_about_two_hundred_people():
    assert len(POSTS) == 205


def test_every_unit_has_exactly_one_of_its_heads_in_office():
    in_office = [post for post in POSTS if post.until is None]

    heads = Counter(post.unit for post in in_office if post.role == "主要领导")

    assert heads == {unit.short: 1 for unit in demo_units()}


def test_every_unit_has_every_role():
    roles = {unit: {post.role for post in posts} for unit, posts in groupby(POSTS, lambda post: post.unit)}

    assert len(roles) == 39
    assert set(map(frozenset, roles.values())) == {
        frozenset({"主要领导", "分管领导", "责任人", "经办人", "联络员"})
    }


def test_one_head_is_succeeded_in_june():
    former, head = [post for post in POSTS if (post.unit, post.role) == ("市水利局", "主要领导")]

    assert former.until == date(2026, 6, 17)
    assert head.since == date(2026, 6, 18)
    assert former.title == head.title == "局长"


def test_heads_are_called_as_their_unit_demands():
    titles = {post.unit: post.title for post in POSTS if post.role == "主要领导"}

    assert titles["澄湖区"] == "区长"
    assert titles["云泽经开区"] == "主任"
    assert titles["安陵市"] == "市长"
    assert titles["青石县"] == "县长"
    assert titles["市发改委"] == "主任"
    assert titles["市税务局"] == "局长"
    assert titles["市住建局"] == "局长"


def test_the_names_try_out_fonts_and_sorting():
    names = {post.name for post in POSTS} | {member.name for member in office_members()}

    assert {char for name in names for char in name} >= {"㛃", "𬭎", "䶮"}
    assert sum(len(name) == 2 for name in names) > 20
    assert any(name.startswith("欧阳") for name in names)


def test_two_people_of_different_units_share_a_name():
    shared = [name for name, count in Counter(post.name for post in POSTS).items() if count > 1]

    assert shared == ["张伟"]


def test_no_telephone_number_could_be_real():
    numbers = [post.phone for post in POSTS]

    assert len(set(numbers)) == len(POSTS)
    assert all(number.startswith("10") and len(number) == 11 for number in numbers)


def test_the_rows_fit_the_spreadsheet():
    columns = {column.field: column for column in KINDS["people"].columns}

    for row in people_rows(POSTS):
        assert set(row.values) <= set(columns)
        for field, value in row.values.items():
            assert not columns[field].choices or value in columns[field].choices
