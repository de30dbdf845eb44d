"""Which subjects the setup page has: those of an office, or those of a field node."""

from collections.abc import Iterator

from desktop.gui.jobs import Jobs
from desktop.gui.setup.backups_section import BackupsSection
from desktop.gui.setup.checklists_section import ChecklistsSection
from desktop.gui.setup.log_section import LogSection
from desktop.gui.setup.nodes_section import NodesSection
from desktop.gui.setup.own_node_section import OwnNodeSection
from desktop.gui.setup.passphrases_section import PassphrasesSection
from desktop.gui.setup.people_section import PeopleSection
from desktop.gui.setup.profile_section import ProfileSection
from desktop.gui.setup.section import Section
from desktop.gui.setup.sites_section import SitesSection
from desktop.gui.setup.targets_section import TargetsSection
from desktop.gui.setup.units_section import UnitsSection
from desktop.gui.setup.verify_section import VerifySection


def office_sections(jobs: Jobs) -> Iterator[Section]:
    yield ProfileSection(jobs)
    yield UnitsSection(jobs)
    yield PeopleSection(jobs)
    yield TargetsSection(jobs)
    yield SitesSection(jobs)
    yield ChecklistsSection(jobs)
    yield NodesSection(jobs)
    yield PassphrasesSection(jobs)
    yield BackupsSection(jobs)
    yield LogSection(jobs)
    yield VerifySection(jobs)


def field_sections(jobs: Jobs) -> Iterator[Section]:
    yield ProfileSection(jobs)
    yield OwnNodeSection(jobs)
    yield PassphrasesSection(jobs)
    yield BackupsSection(jobs)
    yield LogSection(jobs)
    yield VerifySection(jobs)
