import pytest

from desktop.domain.registry import RECORD_TYPES
from desktop.services.packages.conflict_view import conflict_views
from desktop.services.packages.signature_words import signature_fields
from desktop.services.visits.save_findings import cut_drafts, save_findings
from desktop.services.workspace.journal import record_ctx


def test_every_field_of_a_signature_has_its_word():
    assert signature_fields().keys() == RECORD_TYPES["visit"].part("signature/x").fields.keys()


@pytest.mark.parametrize("field", ["strokes", "picture"])
def test_handwriting_in_conflict_is_named_and_not_spelled_out(world, field):
    visit = world.visits[2]
    for node in (world.anna, world.bert):
        value = [[[1, 2, 3, 4]]] if field == "strokes" else "QUJD"
        parts = {"signature/same": {"signer": f"某人{node.node[:2]}", "role": "单位代表", field: value}}
        ctx = record_ctx(node, visit)
        with node.db.atomic():
            save_findings(node, visit, "visit", parts, ctx)
            cut_drafts(node, visit)
        world.bring(node)

    (conflict,) = conflict_views(world.office)
    assert conflict.part == "签名"
    assert {pair.name: pair.left for pair in conflict.fields}[signature_fields()[field]] == "手写"
