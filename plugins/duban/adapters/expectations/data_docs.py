"""Data Docs: Great Expectations' own static site, for the data team (issue 3, item 3).

It is made of the suites and of the history of validation runs, so it holds counts and never a cell's value. It is built
apart from collecting, in a folder of its own, and takes the place of the site before it when it is complete.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from duban.core.errors import InternalError
from duban.core.rules import Suites
from duban.pipeline.ports import ValidationRun

SITE = "local_site"
PLACE = Path("gx", "uncommitted", "data_docs", SITE)
INDEX = "index.html"
LOGO = Path("static", "images", "logo-long.png")
# The library's own pages tell its makers of every visit (a logo with an id in its address) and ask for subscriptions.
CALLS_HOME = re.compile(r"https://great-expectations-web-assets[^\"')]*")
FOOTER = re.compile(r"<footer>.*?</footer>", re.DOTALL)
# Without the public style sheets (the board lets none in) the way to a page lies upon its heading, and whether a rule
# was kept, which is told by icons alone, is not seen.
OWN_STYLE = (
    "<style>body { font-family: sans-serif; margin: 0 12px; } nav.navbar { height: auto !important; }"
    " nav#navigation { max-height: none !important; } td, th { padding: 2px 10px 2px 0; text-align: left; }"
    " .fa-check-circle, .fa-times { font-family: sans-serif; font-style: normal; }"
    " .fa-check-circle::before { content: '✓'; color: #1e6b37; } .fa-times::before { content: '✗'; color: #b01919; }"
    "</style></head>"
)


class DataDocs:
    """The site of these suites."""

    def __init__(self, suites: Suites) -> None:
        self._suites = suites

    def build(self, runs: Sequence[ValidationRun], folder: Path) -> Path:
        """Build the site of the suites and of `runs` in `folder`, in place of what stood there; returns its first page.

        Raises InternalError when Great Expectations left out a run.
        """
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as workshop:
            site = self._site(runs, Path(workshop))
            old = Path(workshop) / "old"
            if folder.exists():
                folder.rename(old)
            site.rename(folder)
        return folder / INDEX

    def _site(self, runs: Sequence[ValidationRun], workshop: Path) -> Path:
        import great_expectations as gx

        context: Any = gx.get_context(mode="file", project_root_dir=workshop)
        try:
            configurations = self._add_suites(context)
            pages = sum(self._add_run(context, run, configurations) for run in runs)
            plain = {**context.variables.data_docs_sites[SITE], "show_how_to_buttons": False}
            context.update_data_docs_site(SITE, plain)
            context.build_data_docs(site_names=[SITE])
        finally:
            # The context of a process is a global of the library; leave none that points to a folder that is gone.
            gx.get_context(mode="ephemeral")
        site = workshop / PLACE
        if (built := len(list(site.glob("validations/**/*.html")))) != pages:
            raise InternalError(f"Data Docs hold {built} of {pages} results")
        _silence(site)
        return Path(shutil.copytree(site, workshop / "site"))

    def _add_suites(self, context: Any) -> Mapping[str, Mapping[str, Any]]:
        """Add every suite; returns of each, by the rule's name, the configuration of its expectation."""
        import great_expectations as gx

        found: dict[str, Mapping[str, Any]] = {}
        for name, suite in self._suites.items():
            entries = [dict(entry) for entry in suite["expectations"]]
            added = context.suites.add(gx.ExpectationSuite(name=name, expectations=entries, meta=dict(suite["meta"])))
            found[name] = {one.meta["rule"]: one.configuration for one in added.expectations}
        return found

    def _add_run(self, context: Any, run: ValidationRun, configurations: Mapping[str, Mapping[str, Any]]) -> int:
        """Add a run, a result for each suite that it looked at; returns how many those are."""
        counted = {rule: counts for table in run.summary["tables"].values() for rule, counts in table["rules"].items()}
        added = 0
        for suite, known in configurations.items():
            results = [_result(known[rule], counts) for rule, counts in counted.items() if rule in known]
            if results:
                context.validation_results_store.set(*_stored(suite, run, results))
                added += 1
        return added


def _silence(site: Path) -> None:
    """Make the pages show their own logo and ask for nothing, and be readable by themselves."""
    for page in (*site.glob("**/*.html"), *site.glob("**/*.css")):
        logo = os.path.relpath(site / LOGO, page.parent)
        text = CALLS_HOME.sub(logo, page.read_text("utf-8"))
        page.write_text(FOOTER.sub("", text).replace("</head>", OWN_STYLE, 1), encoding="utf-8")


def _result(configuration: Any, counts: Mapping[str, int]) -> Any:
    """What one rule found: how many cells it looked at, and how many violate it."""
    from great_expectations.core import ExpectationValidationResult

    looked_at, violations = counts["looked_at"], counts["violations"]
    return ExpectationValidationResult(
        success=violations == 0,
        expectation_config=configuration,
        result={
            "element_count": looked_at,
            "unexpected_count": violations,
            "unexpected_percent": 100 * violations / looked_at if looked_at else 0.0,
        },
    )


def _stored(suite: str, run: ValidationRun, results: Sequence[Any]) -> Iterator[Any]:
    """The key and the value under which the library keeps a run's result for one suite."""
    from great_expectations.core import ExpectationSuiteValidationResult, RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    identifier = RunIdentifier(run_name=f"rules-{run.rules_version}", run_time=run.as_of)
    batch = f"returns-{run.returns[0]}-{run.returns[-1]}"
    passed = sum(bool(result.success) for result in results)
    yield ValidationResultIdentifier(
        expectation_suite_identifier=ExpectationSuiteIdentifier(suite), run_id=identifier, batch_identifier=batch
    )
    yield ExpectationSuiteValidationResult(
        success=passed == len(results),
        results=list(results),
        suite_name=suite,
        statistics={
            "evaluated_expectations": len(results),
            "successful_expectations": passed,
            "unsuccessful_expectations": len(results) - passed,
            "success_percent": 100 * passed / len(results),
        },
        meta={"run_id": identifier, "batch_spec": {"data_asset_name": batch}},
    )
