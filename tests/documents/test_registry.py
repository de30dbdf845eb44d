from io import BytesIO

from desktop.documents.departure_papers import VisitPapers
from desktop.documents.form_covert_data import CovertFeedback, CovertLine, CovertRecord
from desktop.documents.form_draw import DrawForm
from desktop.documents.form_evidence_data import EvidenceForm
from desktop.documents.form_interview_data import DialogueLine, InterviewForm
from desktop.documents.form_slip import PackageKind, PackageSlip
from desktop.documents.form_visit_data import VisitForm
from desktop.documents.registry import FORMS
from desktop.i18n import use_language

DRAW = DrawForm("督查室", "M1", "抽查", "", 1, 1, None, "", "", "", "", "", "", "", "", (), ())
VISIT = VisitForm("督查室", "重点项目", "V1", ())
FEEDBACK = CovertFeedback("督查室", lines=(CovertLine("空岗"),))
INTERVIEW = InterviewForm("督查室", dialogue=(DialogueLine("问", "答"),))
SAMPLES = {
    "F01": VISIT,
    "F02": CovertRecord(FEEDBACK),
    "F02b": FEEDBACK,
    "F04": INTERVIEW,
    "F12": EvidenceForm("督查室"),
    "F13": PackageSlip("督查室", "01932c5f-6a10-7abc-8def-0123456789ab", PackageKind.TASK, ()),
    "F14": DRAW,
    "P01": [VisitPapers(VISIT, None, INTERVIEW, EvidenceForm("督查室"))],
}
# Of one sample: the papers of a departure are several forms.
PAGES = {"P01": 3}


def test_every_form_draws_a_batch():
    assert set(SAMPLES) == set(FORMS)
    for code, form in FORMS.items():
        assert form.code == code
        assert form.draw([SAMPLES[code]] * 2, BytesIO()).pages == 2 * PAGES.get(code, 1)


def test_titles_follow_the_language():
    assert [form.title() for form in FORMS.values()] == [
        "现场检查表",
        "暗访记录表",
        "暗访记录表（对外反馈版）",
        "谈话（询问）记录",
        "证据清单",
        "数据包交接单",
        "随机抽取记录表",
        "出发前空白表",
    ]

    use_language("en")

    assert [form.title() for form in FORMS.values()] == [
        "Site inspection form",
        "Covert record",
        "Covert record (for the inspected unit)",
        "Record of an interview",
        "List of evidence",
        "Package slip",
        "Record of a random draw",
        "Blank forms for departure",
    ]
