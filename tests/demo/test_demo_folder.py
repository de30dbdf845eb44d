import pytest

from desktop.demo.demo_folder import MARKER, NotADemoFolderError, prepare_demo_folder


def test_a_new_folder_is_made_and_marked(tmp_path):
    prepare_demo_folder(tmp_path / "deep" / "demo")

    assert (tmp_path / "deep" / "demo" / MARKER).is_file()


def test_an_empty_folder_is_taken(tmp_path):
    prepare_demo_folder(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [MARKER]


def test_a_former_demo_is_removed_but_not_what_a_link_in_it_leads_to(tmp_path):
    demo, precious = tmp_path / "demo", tmp_path / "precious"
    precious.mkdir()
    (precious / "letter.txt").write_text("keep")
    prepare_demo_folder(demo)
    (demo / "office").mkdir()
    (demo / "office" / "workspace.db").touch()
    (demo / "recovery-key.txt").touch()
    (demo / "link").symlink_to(precious)

    prepare_demo_folder(demo)

    assert [path.name for path in demo.iterdir()] == [MARKER]
    assert (precious / "letter.txt").read_text() == "keep"


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("keep")

    with pytest.raises(NotADemoFolderError):
        prepare_demo_folder(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "demo").write_text("keep")

    with pytest.raises(NotADemoFolderError):
        prepare_demo_folder(tmp_path / "demo")
