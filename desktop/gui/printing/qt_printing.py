"""Printing where there is no ``lp``: the pages are drawn at 300 dpi and handed to the printer of the system."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.printing.send_to_printer import (
    NoPrinterError,
    PrintOrder,
    has_print_command,
    page_numbers,
    send_to_printer,
    system_printers,
)

DPI = 300
_POINTS_PER_INCH = 72


def printers() -> tuple[str, ...]:
    """The printers to choose from, the default one first; raises NoPrinterError where there is none."""
    names = system_printers() if has_print_command() else _qt_printers()
    if not names:
        raise NoPrinterError
    return names


def print_pdf(pdf: bytes, title: str, order: PrintOrder, page_count: int) -> None:
    """Print a PDF; not on the thread of the window, it takes its time."""
    if has_print_command():
        send_to_printer(pdf, title, order, page_count)
    else:
        printer = QPrinter(QPrinterInfo.printerInfo(order.printer), QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setCopyCount(order.copies)
        draw_pages(pdf, page_numbers(order.pages, page_count), printer)


def draw_pages(pdf: bytes, pages: tuple[int, ...], printer: QPrinter) -> None:
    """Draw pages (counted from 1), each on a sheet of its own size."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(
            _("The printer cannot be used."),
            _("Check the printer in the system settings, or save a PDF instead."),
        )
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        points = document.pagePointSize(page - 1)
        side = DPI / _POINTS_PER_INCH
        size = QSize(round(points.width() * side), round(points.height() * side))
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), document.render(page - 1, size))
    painter.end()
    document.close()


def _qt_printers() -> tuple[str, ...]:
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: name != default))
