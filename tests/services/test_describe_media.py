import pytest

from desktop.services.records.describe_media import LARGEST_PICTURE_BYTES, describe_evidence, thumbnail
from tests.services.worlds import rows


@pytest.fixture
def evidence(world):
    world.file("a.jpg", b"\xff\xd8\xff" + b"no picture" * 100)
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.jpg"}])
    return rows(world.anna, "evidence")[0]


def test_a_broken_picture_stays_evidence_and_says_so(world, evidence):
    assert evidence["mime"] == "image/jpeg"
    described = describe_evidence(world.anna, evidence["sha256"], evidence["size"], "image/jpeg")

    assert isinstance(described["status"], str)
    assert isinstance(described["observations"], list)
    assert thumbnail(world.anna, evidence["sha256"], 64) == b""


def test_what_is_no_picture_or_far_too_large_is_kept_unread(world, evidence):
    assert describe_evidence(world.anna, evidence["sha256"], 5, "application/pdf") is None
    assert describe_evidence(world.anna, evidence["sha256"], LARGEST_PICTURE_BYTES + 1, "image/jpeg") is None


def test_a_picture_that_is_not_in_the_store_has_no_thumbnail(world, evidence):
    world.anna.objects.path_of(evidence["sha256"]).unlink()

    assert thumbnail(world.anna, evidence["sha256"], 64) == b""
