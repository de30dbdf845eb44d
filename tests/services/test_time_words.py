import pytest

from desktop.domain.photo_time import Fit, TimeFit, Zone
from desktop.services.records.time_words import fit_text, printed_fit_text, short_fit_text, span_text

DAY_S = 86_400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0秒"),
        (59, "59秒"),
        (-60, "1分钟"),
        (3 * DAY_S + 7200 + 5, "3天2小时"),
        (DAY_S + 59, "1天"),
        (3601, "1小时"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(seconds, text):
    assert span_text(seconds) == text


@pytest.mark.parametrize(
    ("fit", "off_s", "long", "short", "printed"),
    [
        (Fit.CONSISTENT, 0, "按相机", "", "相机时间相符"),
        (Fit.OFF, -3600, "早于检查1小时", "时间不符", "相机时间−1小时"),
        (Fit.OFF, 3600, "晚于检查1小时", "时间不符", "相机时间+1小时"),
        (Fit.BEFORE_ISSUE, -1, "早于任务下达", "时间不合情理", "相机时间不合情理"),
        (Fit.AFTER_RECEIPT, 1, "晚于中心签收", "时间不合情理", "相机时间不合情理"),
        (Fit.UNKNOWN, 0, "没有拍摄时间", "", ""),
    ],
)
def test_how_a_photo_fits_is_said_in_a_sentence_a_word_and_on_paper(fit, off_s, long, short, printed):
    found = TimeFit(fit, off_s)

    assert (long if fit is not Fit.CONSISTENT else "相符") in fit_text(found)
    assert (short_fit_text(found), printed_fit_text(found)) == (short, printed)


def test_090_a_time_without_a_zone_says_so():
    assert fit_text(TimeFit(Fit.CONSISTENT, 0, Zone.UNKNOWN)).endswith("（当地时间，时区未知）")
    assert fit_text(TimeFit(Fit.CONSISTENT, 0, Zone.ASSUMED_UTC)).endswith("（按世界时推定）")
