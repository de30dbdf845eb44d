"""What is wrong with a command line, as a sentence in the language in use; click itself only speaks English."""

import click

from desktop.i18n import _


def usage_sentence(error: click.UsageError) -> str:
    """One or two sentences: what is wrong, and where the help is."""
    name = error.ctx.info_name if error.ctx and error.ctx.parent else ""
    advice = _("See “mingcha {command} --help”.").format(command=name) if name else _("See “mingcha --help”.")
    return f"{_problem(error)} {advice}"


def _problem(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return _("There is no option {name}.").format(name=error.option_name)
        case click.MissingParameter():
            return _("{name} is missing.").format(name=_name(error.param))
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices))):
            return _("{name} must be one of {choices}.").format(
                name=_name(error.param), choices=", ".join(map(str, choices))
            )
        case click.BadParameter():
            return _("{name} has a value that does not fit.").format(name=_name(error.param))
        case click.BadOptionUsage():
            return _("The option {name} is not used correctly.").format(name=error.option_name)
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return _("There is no such command.")
    return _("There are more words than the command takes.")


def _name(parameter: click.Parameter | None) -> str:
    return parameter.make_metavar(click.Context(click.Command("mingcha"))) if parameter else "?"
