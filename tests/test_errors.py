import errno

import pytest

from desktop.errors import system_reason
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
