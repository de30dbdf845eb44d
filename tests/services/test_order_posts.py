import pytest

from desktop.errors import UserError
from desktop.services.master_data.edit_master_data import save_form
from desktop.services.master_data.find_master_data import find_master_data
from desktop.services.master_data.order_posts import move_post
from desktop.services.records.record_versions import ChangedMeanwhileError


@pytest.fixture
def posts(world):
    """Three posts of one unit as their roles order them, and one of another unit."""
    for name, role in (("甲", "主要领导"), ("乙", "分管领导"), ("丙", "联络员")):
        save_form(
            world.office, "people", {"name": name, "unit": "澄湖区人民政府", "role": role, "title": role}
        )
    save_form(
        world.office,
        "people",
        {"name": "丁", "unit": "云泽市政务服务和大数据管理局", "role": "主要领导", "title": "局长"},
    )
    return [line.id for line in listed(world)]


def listed(world):
    return [line for line in find_master_data(world.office, "people").rows if not line.is_post_missing]


def names(world):
    return "".join(line.texts["name"] for line in listed(world))


def test_posts_stand_by_their_roles_until_one_is_moved(world, posts):
    assert names(world) == "甲乙丙丁"
    move_post(world.office, posts[2], -1)
    assert names(world) == "甲丙乙丁"
    move_post(world.office, posts[0], 1)

    assert names(world) == "丙甲乙丁"


def test_saving_a_post_again_keeps_its_place(world, posts):
    move_post(world.office, posts[2], -1)
    save_form(world.office, "people", {"title": "联络员（新）"}, record_id=posts[2])

    assert names(world) == "甲丙乙丁"


def test_the_order_comes_to_the_laptops(world, posts):
    move_post(world.office, posts[2], -1)
    world.merge(world.anna, world.mission_package(world.anna))

    lines = [line for line in find_master_data(world.anna, "people").rows if not line.is_post_missing]
    assert "".join(line.texts["name"] for line in lines) == "甲丙乙丁"


@pytest.mark.parametrize(("number", "places"), [(0, -1), (2, 1), (3, -1)])
def test_no_post_leaves_its_unit(world, posts, number, places):
    with pytest.raises(UserError):
        move_post(world.office, posts[number], places)


def test_what_is_gone_cannot_be_moved(world, posts):
    with pytest.raises(ChangedMeanwhileError):
        move_post(world.office, "x", 1)
    with pytest.raises(UserError):
        move_post(world.anna, posts[0], 1)
