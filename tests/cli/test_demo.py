"""``mingcha demo``: the folder it takes. The demo itself is tested as a whole in tests/office."""

from tests.cli.city import refusal


def test_a_folder_that_is_no_demo_is_left_alone(mingcha, city):
    before = sorted(city.folder.iterdir())

    assert refusal(mingcha("demo", city.folder, "--lang", "en")).startswith(
        "city is not empty and holds no demo, so nothing in it is touched."
    )
    assert sorted(city.folder.iterdir()) == before
