from io import BytesIO

from desktop.documents.form_evidence_data import EvidenceForm
from desktop.documents.form_slip import PackageKind, PackageSlip
from desktop.documents.form_visit_data import VisitForm
from desktop.documents.registry import FORMS
from desktop.i18n import use_language

SAMPLES = {
    "F01": VisitForm("督查室", "重点项目", "V1", ()),
    "F12": EvidenceForm("督查室"),
    "F13": PackageSlip("督查室", "01932c5f-6a10-7abc-8def-0123456789ab", PackageKind.TASK, ()),
}


def test_every_form_draws_a_batch():
    assert set(SAMPLES) == set(FORMS)
    for code, form in FORMS.items():
        assert form.code == code
        assert form.draw([SAMPLES[code]] * 2, BytesIO()).pages == 2


def test_titles_follow_the_language():
    assert [form.title() for form in FORMS.values()] == ["现场检查表", "证据清单", "数据包交接单"]

    use_language("en")

    assert [form.title() for form in FORMS.values()] == [
        "Site inspection form",
        "List of evidence",
        "Package slip",
    ]
