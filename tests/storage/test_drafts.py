import pytest

from desktop.domain.entry import Owner
from desktop.storage.drafts import Draft, all_drafts, discard_draft, discard_drafts, drafts_of, save_draft
from tests.domain.pen import ANNA, PHOTO, VISIT
from tests.storage.databases import make_database

HASH = "a" * 64
STREAM = ANNA + ".00000000000000aa"
CTX = {STREAM: ((1, HASH),)}


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def test_a_draft_replaces_the_one_before_and_keeps_what_was_seen_first(db):
    save_draft(db, Draft(VISIT, "visit", "answer/1", {"facts": "一"}, {}), 1)
    save_draft(db, Draft(VISIT, "visit", "answer/1", {"facts": "二"}, CTX), 2)

    (draft,) = drafts_of(db, VISIT)

    assert (draft.value, draft.base_ctx, draft.owner) == ({"facts": "二"}, {}, None)


def test_the_owner_comes_back_with_what_was_seen_of_it(db):
    owner = Owner(VISIT, CTX)
    save_draft(db, Draft(PHOTO, "evidence", "note", {"caption": "x"}, CTX, owner), 1)

    assert drafts_of(db, PHOTO) == [Draft(PHOTO, "evidence", "note", {"caption": "x"}, CTX, owner)]


def test_one_draft_or_all_of_a_record_can_be_discarded(db):
    for record, part in ((VISIT, "answer/1"), (VISIT, "answer/2"), (PHOTO, "note")):
        save_draft(db, Draft(record, "visit", part, {}, {}), 1)

    discard_draft(db, VISIT, "answer/1")
    assert [draft.part for draft in drafts_of(db, VISIT)] == ["answer/2"]
    discard_drafts(db, VISIT)
    assert [draft.record_id for draft in all_drafts(db)] == [PHOTO]
