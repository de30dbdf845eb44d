"""Which subjects the setup page has: those of an office, or those of a field node."""

from desktop.gui.jobs import Jobs
from desktop.gui.setup.profile_section import ProfileSection
from desktop.gui.setup.section import Section


def office_sections(jobs: Jobs) -> tuple[Section, ...]:
    return (ProfileSection(jobs),)


def field_sections(jobs: Jobs) -> tuple[Section, ...]:
    return (ProfileSection(jobs),)
