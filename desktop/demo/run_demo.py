"""The whole loop on the fictitious city 云泽市, by the very services that the window and the command line use."""

import json
from pathlib import Path

from desktop.demo.cast import Cast, Report, gather_cast
from desktop.demo.demo_folder import prepare_demo_folder
from desktop.demo.field_work import issue_missions, record_visits
from desktop.demo.papers import print_papers, write_ranking
from desktop.demo.story import Story, read_story
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
from desktop.services.verify_workspace import verify_workspace


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
    mishaps: Mishaps | None = None
    conflicts: tuple[Settled, ...] = ()
    for chapter in story.chapters:
        planned = issue_missions(cast, chapter, story, report)
        recorded = record_visits(cast, chapter, story, planned, report)
        merged = bring_home(cast, chapter, report)
        mishaps = mishaps or have_mishaps(cast, merged, story, report)
        approve_veto(cast, story, recorded, report)
        conflicts += settle_conflicts(cast, story, report)
        hand_back_receipts(cast, report)
    if mishaps is None:
        raise ValueError("a story without chapters")
    return mishaps, conflicts


def _write_summary(summary: DemoSummary, folder: Path) -> None:
    text = json.dumps(summary.as_json(), ensure_ascii=False, indent=2)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    (folder / "summary.txt").write_text(summary_text(summary), encoding="utf-8")
