"""What can go wrong with the slots of a workspace, in words for whoever unlocks it."""

from desktop.errors import UserError
from desktop.i18n import _


class KeyslotsDamagedError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The file keyslots.json of this workspace is missing or damaged."),
            _("Put it back from a backup of this workspace; nobody can unlock the workspace without it."),
        )


class KeyslotsTooNewError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("A newer version of the program has changed who can unlock this workspace."),
            _("Update the program on this computer."),
        )


class LoginInvalidError(UserError):
    def __init__(self, login: str) -> None:
        super().__init__(
            _("“{login}” cannot be a login.").format(login=login),
            _("Use up to 32 letters, digits, dots, dashes or underlines."),
        )


class LoginTakenError(UserError):
    def __init__(self, login: str) -> None:
        super().__init__(
            _("The login “{login}” belongs to somebody already.").format(login=login),
            _("Choose another one; every person unlocks with a login of their own."),
        )


class LastSlotError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("This is the only pass phrase that opens the workspace."),
            _("Add another person first; then this one can be taken away."),
        )


class TooManyAttemptsError(UserError):
    def __init__(self, seconds: int) -> None:
        super().__init__(
            _("The pass phrase was wrong too often."),
            _("Try again in {seconds} seconds.").format(seconds=seconds),
        )
        self.seconds = seconds


class LoginUnknownError(UserError):
    """No login was given where there are several, or one that does not exist."""

    def __init__(self, logins: tuple[str, ...]) -> None:
        super().__init__(
            _("It is not clear who is unlocking this workspace."),
            _("Choose one of these logins: {logins} (on the command line with {variable}).").format(
                logins=_(", ").join(logins), variable="MINGCHA_PERSON"
            ),
        )
        self.logins = logins
