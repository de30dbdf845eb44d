import errno

import pytest

from desktop.domain.lengths import TooLongError
from desktop.errors import UserError, system_reason
from desktop.i18n import use_language


@pytest.mark.parametrize(
    ("code", "says"),
    [(errno.ENOENT, "不存在"), (errno.EROFS, "写保护"), (errno.ENOSPC, "已满"), (errno.EIO, "故障")],
)
def test_the_system_speaks_the_language_in_use(code, says):
    assert says in system_reason(OSError(code, "whatever the system says"))


def test_a_rare_error_has_its_number():
    use_language("en")

    assert system_reason(OSError(errno.EXDEV, "x")) == f"error {errno.EXDEV} of the system"
    assert system_reason(OSError("without a number")) == "error ? of the system"


def test_an_error_whose_class_makes_its_texts_is_said_again_in_another_language():
    error, plain = TooLongError("X", 121, most=120), UserError("问题", "办法")
    use_language("en")

    assert error.problem == "“X”有 121 个字，最多 120 个字。"
    assert error.said_again().problem == "“X” has 121 characters; at most 120 are allowed."
    assert isinstance(error.said_again(), TooLongError)
    assert (plain.said_again().problem, plain.said_again().advice) == ("问题", "办法")
