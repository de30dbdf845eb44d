"""What is wrong with a command line is told in our own words, whatever the parser complains about."""

import click

from desktop.cli.usage import usage_sentence
from desktop.i18n import use_language


def test_a_value_of_another_kind_is_told_by_the_name_of_the_option():
    error = click.BadParameter("English words of the parser", param=click.Option(["--colour"]))

    assert usage_sentence(error) == "“--colour”的取值不符合要求。用法见“mingcha --help”。"


def test_a_complaint_about_nothing_in_particular_is_still_a_sentence():
    use_language("en")

    assert usage_sentence(click.BadParameter("?")) == "? has a value that does not fit. See “mingcha --help”."
