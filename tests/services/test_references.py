import pytest

from desktop.services.records.references import NotFoundError, find_by_name
from desktop.services.workspace.journal import birth, write_entries
from tests.services.worlds import CHECKLIST, rows


def find(world, text, table="unit"):
    return find_by_name(world.office.db, table, text)


@pytest.mark.parametrize("text", ["11997102071000016E", "澄湖区", "澄湖区人民政府"])
def test_a_unit_is_meant_by_its_credit_code_or_one_of_its_names(world, text):
    assert find(world, text)["uscc"] == "11997102071000016E"


def test_a_record_is_meant_by_its_id_or_a_long_enough_beginning(world):
    checklist = find(world, CHECKLIST, "checklist")

    assert find(world, checklist["id"], "checklist") == checklist
    assert find(world, checklist["id"][:36], "checklist") == checklist
    with pytest.raises(NotFoundError):
        find(world, checklist["id"][:7], "checklist")


def test_an_unknown_id_or_name_is_named_in_the_refusal(world):
    for text in ("没有", "01a1fbf5-f8ca-7000-b387-692651ab59a0"):
        with pytest.raises(NotFoundError, match=text):
            find(world, text)


def test_a_name_of_several_records_is_refused(world):
    office = world.office
    with office.db.atomic():
        write_entries(
            office, [birth(office, office.new_id(), "unit", {"facts": {"name": "同名"}}) for _ in range(2)]
        )

    with pytest.raises(NotFoundError, match="2 条不同的记录"):
        find(world, "同名")
    beginning = rows(office, "checklists")[0]["id"][:8]
    with pytest.raises(NotFoundError, match="12 条不同的记录"):
        find(world, beginning, "checklist")
