from desktop.domain.entry import Part, SignedEntry
from desktop.domain.signing import finding_bytes, versions_signed
from tests.domain.pen import ANNA, Pen


def told(*steps):
    """The log of a visit in which these parts were written, a second after each other."""
    pen = Pen(ANNA)
    log = []
    for parts in steps:
        pen.now_ms += 1000
        log.append(pen.visit(parts))
    return log


def test_the_version_that_was_signed_first_is_number_one():
    log = told(
        {"header": {"status": "检查中"}, "answer/1": {"deduct_e4": 1}},
        {"answer/1": {"deduct_e4": 2}},
        {"signature/a": {"role": "单位代表"}},
        {"signature/b": {"role": "组长"}},
    )

    versions = versions_signed(log[::-1])

    assert (versions.of, versions.newest) == ({"a": 1, "b": 1}, 1)


def test_every_later_change_of_what_is_signed_makes_a_version():
    log = told(
        {"answer/1": {"deduct_e4": 1}},
        {"signature/a": {}},
        {"answer/1": {"deduct_e4": 2}, "reason": {"text": "x"}},
        {"signature/b": {}},
        {"answer/2": {"deduct_e4": 0}},
    )

    assert versions_signed(log).of == {"a": 1, "b": 2}
    assert versions_signed(log).newest == 3


def test_the_stage_of_a_visit_and_values_written_again_make_none():
    log = told(
        {"header": {"conclusion": "好", "status": "已提交"}, "answer/1": {"deduct_e4": 1}},
        {"signature/a": {}},
        {"header": {"conclusion": "好", "status": "检查中"}},
        {"answer/1": {"deduct_e4": 1}},
        {"review": {"status": "通过"}},
    )

    assert versions_signed(log).newest == 1


def test_a_visit_that_nobody_has_signed_is_in_its_first_version():
    assert versions_signed(told({"answer/1": {}}, {"answer/1": {"facts": "x"}})).newest == 1
    assert versions_signed([]).newest == 1


def test_what_was_withheld_or_makes_no_sense_is_no_change_and_no_error():
    first, second = told({"signature/a": {}}, {"answer/1": {}})
    withheld = SignedEntry(second.data, second.entry, {"answer/1": Part(b"", None)})

    assert versions_signed([first, withheld]).newest == 1
    assert finding_bytes("header", Part(b"", b"nonsense")) == b"{}"
    assert finding_bytes("answer/1", Part(b"", None)) == b""
