import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.services.printing import send_to_printer as printing
from desktop.services.printing.send_to_printer import (
    NoPrinterError,
    PrintOrder,
    page_numbers,
    send_to_printer,
    system_printers,
)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [("", (1, 2, 3, 4, 5)), ("2", (2,)), ("1-3,5", (1, 2, 3, 5)), ("3，1、2", (1, 2, 3)), (" 4 , 4 ", (4,))],
)
def test_pages_are_named_by_numbers_and_ranges(pages, expected):
    assert page_numbers(pages, 5) == expected


@pytest.mark.parametrize("pages", ["0", "6", "3-2", "1-", "-1", "a", "1,,2", "1-99999", "９９"])
def test_pages_that_are_not_there_are_refused(pages):
    with pytest.raises(UserError):
        page_numbers(pages, 5)


@given(st.text(max_size=30), st.integers(1, 400))
def test_whatever_is_typed_names_pages_that_are_there_or_is_refused(pages, count):
    try:
        numbers = page_numbers(pages, count)
    except UserError:
        return
    assert numbers == tuple(sorted(set(numbers)))
    assert 1 <= numbers[0] <= numbers[-1] <= count


def answering(monkeypatch, status=0, out=b"", err=b"", fault=None):
    def run(command, **_options):
        if fault:
            raise fault
        return subprocess.CompletedProcess(command, status, out, err)

    monkeypatch.setattr(subprocess, "run", run)


def test_a_computer_without_lp_has_no_printer(monkeypatch):
    answering(monkeypatch, fault=FileNotFoundError())

    with pytest.raises(NoPrinterError):
        system_printers()
    with pytest.raises(NoPrinterError):
        send_to_printer(b"%PDF", "F01", PrintOrder(), 1)


def test_a_print_system_that_hangs_is_left(monkeypatch):
    answering(monkeypatch, fault=subprocess.TimeoutExpired("lp", 30))

    with pytest.raises(UserError, match="没有响应"):
        system_printers()


def test_no_default_printer_means_no_printer(monkeypatch):
    answering(monkeypatch, 1, err=b"lp: Error - no default destination available.\n")

    with pytest.raises(NoPrinterError):
        send_to_printer(b"%PDF", "F01", PrintOrder(), 1)


def test_whether_there_is_lp_is_asked_of_the_path(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not printing.has_print_command()
