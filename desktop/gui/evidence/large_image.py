"""A large picture of a piece of evidence as Qt shows it, read beside the window."""

from PySide6.QtGui import QImage

from desktop.services.evidence.show_evidence import LargePicture, large_picture
from desktop.services.workspace.workspace import Workspace


def read_image(workspace: Workspace, sha256: str, longest_side: int) -> tuple[QImage, LargePicture]:
    """On the reader's thread: packing tens of megabytes of pixels anew would hold the window up."""
    picture = large_picture(workspace, sha256, longest_side)
    if not picture.pixels:
        return QImage(), picture
    bare = QImage(
        picture.pixels, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888
    )
    return bare.convertToFormat(QImage.Format.Format_RGB32), picture
