import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import use_language
from desktop.media.sniff import EMPTY, SAMPLE_BYTES, UNKNOWN, Oddity, oddity_text, sniff
from tests.media.picture_samples import encoded, jpeg, picture, png, segment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def look(data, name=""):
    return sniff(data[:SAMPLE_BYTES], data[-SAMPLE_BYTES:], len(data), name)


def box(brand):
    return b"\0\0\0\x18ftyp" + brand + bytes(100)


def ole(stream=""):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + stream.encode("utf-16-le") + bytes(1000)


def archive(*names, content=b"x" * 50, comment=b"", stored=()):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in stored:
            file.writestr(zipfile.ZipInfo(name), data)
        for name in names:
            file.writestr(name, content)
        file.comment = comment
    return target.getvalue()


def office(folder, *more):
    return archive("[Content_Types].xml", f"{folder}/document.xml", *more)


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (jpeg(), "image/jpeg"),
        (png(), "image/png"),
        (encoded(picture(), "GIF"), "image/gif"),
        (encoded(picture(), "WEBP"), "image/webp"),
        (encoded(picture(), "TIFF"), "image/tiff"),
        (encoded(picture(), "BMP"), "image/bmp"),
        (box(b"heic"), "image/heic"),
        (box(b"mif1"), "image/heif"),
        (box(b"avif"), "image/avif"),
        (box(b"isom"), "video/mp4"),
        (box(b"qt  "), "video/quicktime"),
        (box(b"3gp5"), "video/3gpp"),
        (box(b"M4A "), "audio/mp4"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\x24\0\0\0AVI LIST", "video/x-msvideo"),
        (b"RIFF\x24\0\0\0ABCDxxxx", UNKNOWN),
        (b"#!AMR\n\x0c", "audio/amr"),
        (b"%PDF-1.7\n%%EOF\n", "application/pdf"),
        (b"\n\n%PDF-1.4\n%%EOF", "application/pdf"),
        (archive("a.txt"), "application/zip"),
        (archive(), "application/zip"),
        (office("word"), DOCX),
        (office("xl"), DOCX.replace("wordprocessingml.document", "spreadsheetml.sheet")),
        (office("ppt"), DOCX.replace("wordprocessingml.document", "presentationml.presentation")),
        (office("xl", "xl/vbaProject.bin"), "application/vnd.ms-excel.sheet.macroEnabled.12"),
        (
            archive("content.xml", stored=[("mimetype", "application/vnd.oasis.opendocument.text")]),
            "application/vnd.oasis.opendocument.text",
        ),
        (archive("AndroidManifest.xml", "classes.dex"), "application/vnd.android.package-archive"),
        (archive("META-INF/MANIFEST.MF", "A.class"), "application/java-archive"),
        (ole("WordDocument"), "application/msword"),
        (ole("Workbook"), "application/vnd.ms-excel"),
        (ole("PowerPoint Document"), "application/vnd.ms-powerpoint"),
        (ole(), "application/x-ole-storage"),
        (b"\x1aE\xdf\xa3" + bytes(50), "video/x-matroska"),
        (b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
        (bytes(257) + b"ustar\x0000", "application/x-tar"),
        ("督查记录：现场未发现问题。\n".encode(), "text/plain"),
        ("督查记录：现场未发现问题。\n".encode("gb18030"), "text/plain"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"\xef\xbb\xbf<html >", "text/html"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "image/svg+xml"),
        (b"<?xml version='1.0'?><a/>", "text/xml"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "application/postscript"),
        (b"\xd7\xcd\xc6\x9a" + bytes(50), "image/wmf"),
        (b"MZ\x90\x00" + bytes(100), "application/x-msdownload"),
        (b"L\0\0\0\x01\x14\x02\0" + bytes(100), "application/x-ms-shortcut"),
        (b"\x01\x02\x03", UNKNOWN),
        (b"\xff" * 40, UNKNOWN),
        (bytes(40), UNKNOWN),
        (b"", EMPTY),
    ],
)
def test_a_type_is_found_by_content(data, mime):
    assert look(data).mime == mime


def test_text_may_be_cut_within_a_character_where_the_sample_ends():
    text = ("abc" + "督" * SAMPLE_BYTES).encode()

    assert [look(text[shift:]).mime for shift in range(3)] == ["text/plain", "text/plain", "text/plain"]


def test_an_ordinary_file_has_no_oddities():
    for data, name in [(jpeg(), "a.JPG"), (png(), "b.png"), (office("word"), "c.docx"), (b"text", "d.csv")]:
        assert look(data, name).oddities == ()


def test_zeros_behind_a_photo_are_what_some_cameras_write():
    assert look(jpeg() + bytes(300), "a.jpg").oddities == ()


def test_an_empty_file_is_flagged():
    """Evidence catalogue 22."""
    assert look(b"", "a.jpg").oddities == (Oddity.EMPTY,)


@pytest.mark.parametrize(
    "data", [b"%!PS-Adobe-3.0 EPSF", b"\xd7\xcd\xc6\x9a" + bytes(50), b"<svg xmlns='x'>"]
)
def test_vector_pictures_named_as_photos_are_flagged(data):
    """Evidence catalogue 78."""
    assert Oddity.WRONG_EXTENSION in look(data, "photo.jpg").oddities


def test_a_photo_with_an_archive_behind_it_is_a_photo_with_a_warning():
    """Evidence catalogue 83."""
    content = look(jpeg() + archive("virus.js"), "photo.jpg")

    assert content.mime == "image/jpeg"
    assert set(content.oddities) == {Oddity.LOOSE_END, Oddity.FOREIGN_CONTENT}


@pytest.mark.parametrize("comment", [b"%PDF-1.4 and so on", b"<html><script>alert(1)</script>"])
def test_a_document_in_the_comment_of_a_photo_is_flagged(comment):
    """Evidence catalogue 83."""
    data = jpeg()
    content = look(data[:2] + segment(0xFE, comment) + data[2:], "photo.jpg")

    assert content.mime == "image/jpeg"
    assert content.oddities == (Oddity.FOREIGN_CONTENT,)


def test_an_archive_behind_a_pdf_is_flagged():
    content = look(b"%PDF-1.4\n%%EOF\n" + archive("a.txt"), "a.pdf")

    assert content.mime == "application/pdf"
    assert Oddity.FOREIGN_CONTENT in content.oddities


def test_three_bytes_are_a_photo_cut_short():
    """Evidence catalogue 83."""
    content = look(b"\xff\xd8\xff", "photo.jpg")

    assert (content.mime, content.oddities) == ("image/jpeg", (Oddity.LOOSE_END,))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_picture_cut_short_has_a_loose_end(form):
    """Evidence catalogue 66."""
    data = encoded(picture(), form)

    assert look(data[: len(data) // 2]).oddities == (Oddity.LOOSE_END,)


def test_a_pdf_cut_short_has_a_loose_end():
    assert look(b"%PDF-1.4\n1 0 obj", "a.pdf").oddities == (Oddity.LOOSE_END,)


@pytest.mark.parametrize(
    ("data", "name", "mime"),
    [
        (b"MZ\x90\x00" + bytes(60), "photo.jpg", "application/x-msdownload"),
        (
            office("word", "word/vbaProject.bin"),
            "form.docx",
            "application/vnd.ms-word.document.macroEnabled.12",
        ),
        (archive("OFD.xml", "Doc_0/Document.xml"), "paper.docx", "application/ofd"),
        (b"\x01\x02\x03\x04" * 20, "photo.jpg", UNKNOWN),
    ],
)
def test_a_name_that_promises_another_type_is_flagged(data, name, mime):
    """Evidence catalogue 84."""
    content = look(data, name)

    assert (content.mime, content.oddities) == (mime, (Oddity.WRONG_EXTENSION,))


def test_an_ofd_document_is_not_taken_for_a_word_document():
    """Evidence catalogue 84."""
    content = look(archive("[Content_Types].xml", "word/document.xml", "OFD.xml"), "公文.ofd")

    assert (content.mime, content.oddities) == ("application/ofd", ())


@pytest.mark.parametrize("data", [b"#!SILK_V3" + bytes(30), b"\x02#!SILK_V3" + bytes(30)])
def test_a_voice_message_is_known(data):
    """Evidence catalogue 84: WeChat writes SILK with a byte in front."""
    assert look(data, "msg.slk").mime == "audio/silk"
    assert look(data, "msg.slk").oddities == ()


def test_a_name_without_or_with_a_strange_ending_promises_nothing():
    assert look(png(), "IMG_1").oddities == ()
    assert look(png(), "IMG_1.督查").oddities == ()


def encrypted_zip():
    data = bytearray(archive("a.txt"))
    data[6] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF", "a.pdf"),
        (b"%PDF-1.7\n<</Encrypt<</V 4>>>>\n%%EOF", "a.pdf"),
        (ole("EncryptedPackage"), "a.docx"),
        (encrypted_zip(), "a.zip"),
        (b"age-encryption.org/v1\n-> X25519", "a.age"),
    ],
)
def test_a_protected_document_is_flagged(data, name):
    """Evidence catalogue 85."""
    assert look(data, name).oddities == (Oddity.ENCRYPTED,)


def test_names_are_found_in_the_list_at_the_end_of_a_large_archive():
    filler = [(f"media/{number}.bin", bytes(SAMPLE_BYTES)) for number in range(3)]
    data = archive("[Content_Types].xml", "xl/workbook.xml", stored=filler, comment=b"c" * 60_000)

    assert look(data).mime.endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("oddity", Oddity)
def test_every_oddity_is_explained_in_both_languages(oddity):
    chinese = oddity_text(oddity)
    use_language("en")

    assert chinese != oddity_text(oddity)


@given(
    start=st.sampled_from(
        [b"", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"\0\0\0\0ftyp", b"%PDF-", b"BM", b"<"]
    ),
    rest=st.binary(max_size=300),
    end=st.sampled_from([b"", b"PK\x05\x06" + bytes(18), b"PK\x05\x06" + b"\x40" * 18]),
    name=st.text(max_size=10),
)
def test_any_bytes_have_some_type(start, rest, end, name):
    content = look(start + rest + end, name)

    assert "/" in content.mime


@given(data=st.data())
def test_a_mutated_archive_has_some_type(data):
    mutable = bytearray(office("word", "word/vbaProject.bin"))
    for _ in range(data.draw(st.integers(1, 20))):
        mutable[data.draw(st.integers(4, len(mutable) - 1))] = data.draw(st.integers(0, 255))

    assert "/" in look(bytes(mutable), "a.docx").mime
