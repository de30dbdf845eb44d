"""What is wrong with a command line, as a sentence in the language in use; click itself only speaks English."""

import click

from desktop.cli.placeholders import in_words
from desktop.domain.names import display_name
from desktop.i18n import _, sentences


class WrongUsageError(click.UsageError):
    """What the parser cannot know: options that exclude or need each other. Two whole sentences."""

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(sentences(problem, advice))


class UnknownCommandError(click.UsageError):
    """``name`` stands where a command should."""

    def __init__(self, name: str, ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.name = name


def usage_sentence(error: click.UsageError) -> str:
    """One or two sentences: what is wrong, and where the help is."""
    if isinstance(error, WrongUsageError):
        return error.message
    name = error.ctx.info_name if error.ctx and error.ctx.parent else ""
    advice = _("See “mingcha {command} --help”.").format(command=name) if name else _("See “mingcha --help”.")
    return sentences(_problem(error), advice)


def _problem(error: click.UsageError) -> str:
    match error:
        case UnknownCommandError(name=name):
            return _("There is no command {name}.").format(name=display_name(name, 40))
        case click.NoSuchOption():
            return _("There is no option {name}.").format(name=display_name(error.option_name, 40))
        case click.MissingParameter():
            return _("{name} is missing.").format(name=_name(error.param))
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=[only]))):
            return _("Only {word} can stand there.").format(word=only)
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices))):
            return _("{name} must be one of {choices}.").format(
                name=_name(error.param), choices=_(", ").join(map(str, choices))
            )
        case click.BadParameter(param=click.Parameter(type=click.IntRange())):
            return _("{name} must be a number that makes sense there.").format(name=_name(error.param))
        case click.BadParameter():
            return _("{name} has a value that does not fit.").format(name=_name(error.param))
        case click.BadOptionUsage():
            return _("The option {name} is not used correctly.").format(name=error.option_name)
    return _("There are more words than the command takes.")


def _name(parameter: click.Parameter | None) -> str:
    """How the help calls a parameter."""
    match parameter:
        case click.Option(opts=[name, *_others]):
            return str(name)
        case click.Argument(metavar=str(name)):
            return in_words(name).strip("[]").removesuffix("...")
    return "?"
