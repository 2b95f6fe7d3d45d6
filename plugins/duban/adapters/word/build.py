"""Writing the base documents (`duban templates build`)."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from duban.adapters.word.paper import BasePaper
from duban.adapters.word.papers.circulars import circular, report, year_assessment
from duban.adapters.word.papers.city import city_circular
from duban.adapters.word.papers.decisions import correction, criticism, department_list, revocation
from duban.adapters.word.papers.notices import proposal, reminder, supervision, urge
from duban.adapters.word.papers.reporting_notice import reporting_notice
from duban.adapters.word.papers.return_slip import return_slip
from duban.adapters.word.papers.weekly_report import weekly_report
from duban.adapters.word.sheet import PROFILE_A, Profile
from duban.core.papers import PaperKind
from duban.core.zips import normalised

BASE_PAPERS: Mapping[PaperKind, Callable[[], BasePaper]] = {
    PaperKind.WEEKLY_REPORT: weekly_report,
    PaperKind.REMINDER: reminder,
    PaperKind.URGE: urge,
    PaperKind.SUPERVISE: supervision,
    PaperKind.CRITICISM_PROPOSAL: proposal,
    PaperKind.RETURN_SLIP: return_slip,
    PaperKind.REPORTING_NOTICE: reporting_notice,
    PaperKind.CIRCULAR: circular,
    PaperKind.CRITICISM: criticism,
    PaperKind.REPORT: report,
    PaperKind.YEAR_ASSESSMENT: year_assessment,
    PaperKind.CORRECTION: correction,
    PaperKind.REVOCATION: revocation,
    PaperKind.DEPARTMENT_LIST: department_list,
}
CITY = "city"
"""The folder of the base documents of a city: kinds of a district's that it words otherwise."""
CITY_PAPERS: Mapping[PaperKind, Callable[[], BasePaper]] = {PaperKind.CIRCULAR: city_circular}


def build_templates(directory: Path, profile: Profile = PROFILE_A) -> list[Path]:
    """Write every base document to `directory`/<kind>.docx, a city's below; building again gives identical bytes."""
    (directory / CITY).mkdir(parents=True, exist_ok=True)
    papers = {f"{kind}.docx": paper for kind, paper in BASE_PAPERS.items()}
    papers |= {f"{CITY}/{kind}.docx": paper for kind, paper in CITY_PAPERS.items()}
    return [_write(directory / name, paper(), profile) for name, paper in papers.items()]


def _write(path: Path, paper: BasePaper, profile: Profile) -> Path:
    package = io.BytesIO()
    paper.document(profile).save(package)
    path.write_bytes(normalised(package.getvalue()))
    return path
