"""The whole loop on the fictitious city 云泽市, by the very services that the window and the command line use."""

import json
from collections.abc import Mapping
from pathlib import Path

from desktop.demo.cast import Cast, Report, gather_cast
from desktop.demo.demo_folder import prepare_demo_folder
from desktop.demo.field_work import issue_missions, record_visits
from desktop.demo.papers import print_papers, write_ranking
from desktop.demo.story import Chapter, Story, read_story
from desktop.demo.story_clock import StoryClock, beijing_time
from desktop.demo.summary import DemoSummary, summarize, summary_text
from desktop.demo.way_home import (
    Mishaps,
    Settled,
    approve_veto,
    bring_home,
    hand_back_receipts,
    have_mishaps,
    settle_conflicts,
)
from desktop.i18n import _
from desktop.services.packages.merged_file import MergedFile
from desktop.services.upkeep.verify_workspace import verify_workspace


def run_demo(folder: Path, report: Report) -> DemoSummary:
    """Build the demo in ``folder``; ``report`` is told what happens, one sentence at a time.

    Takes about half a minute. A folder that is neither empty nor a former demo is refused.
    """
    prepare_demo_folder(folder)
    story = read_story()
    with beijing_time(), gather_cast(folder, StoryClock(story.begins), report) as cast:
        mishaps, conflicts = _tell(cast, story, report)
        report(_("Scoring the units …"))
        write_ranking(cast)
        report(_("Printing the forms …"))
        print_papers(cast)
        report(_("Verifying everything …"))
        verified = all(verify_workspace(each).is_sound for each in (cast.office, *cast.teams.values()))
        summary = summarize(cast, mishaps, conflicts, verified=verified)
    _write_summary(summary, folder)
    return summary


def _tell(cast: Cast, story: Story, report: Report) -> tuple[Mishaps, tuple[Settled, ...]]:
    first, *later = story.chapters
    merged = _go_and_return(cast, first, story, report)
    mishaps = have_mishaps(cast, merged, story, report)
    conflicts = _close(cast, story, report)
    for chapter in later:
        _go_and_return(cast, chapter, story, report)
        conflicts += _close(cast, story, report)
    return mishaps, conflicts


def _go_and_return(cast: Cast, chapter: Chapter, story: Story, report: Report) -> Mapping[str, MergedFile]:
    planned = issue_missions(cast, chapter, story, report)
    recorded = record_visits(cast, chapter, story, planned, report)
    merged = bring_home(cast, chapter, report)
    approve_veto(cast, story, recorded, report)
    return merged


def _close(cast: Cast, story: Story, report: Report) -> tuple[Settled, ...]:
    conflicts = settle_conflicts(cast, story, report)
    hand_back_receipts(cast, report)
    return conflicts


def _write_summary(summary: DemoSummary, folder: Path) -> None:
    text = json.dumps(summary.as_json(), ensure_ascii=False, indent=2)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    (folder / "summary.txt").write_text(summary_text(summary), encoding="utf-8")
