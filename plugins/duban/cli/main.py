"""The commands, gathered. Each module imports what it needs only when it runs, so that --help stays quick."""

import typer

from duban.cli import (
    choosing,
    confirming,
    deciding,
    delivering,
    examples,
    keeping,
    linting,
    looking,
    making,
    reading,
    returning,
    rolling_up,
    running,
    signing,
    supervising,
    supposing,
    testing,
    tracing,
    visiting,
)

app = typer.Typer(
    name="duban",
    help="督办：收报表、查期限、出公文。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # half of the time of --help was rich
)

app.callback()(choosing.choose_plan)
app.command("status")(reading.status)
app.command("city-report")(rolling_up.city_report)
app.command("check")(reading.check)
app.command("return")(returning.ask)
app.command("waive")(deciding.waive)
app.command("waivers")(deciding.waivers)
app.command("baseline")(deciding.baseline)
app.command("verify-compound")(visiting.verify_compound)
app.command("spot-checks")(visiting.spot_checks)
app.command("what-if")(supposing.what_if)
app.command("preview")(supervising.preview)
app.command("extend")(supervising.extend)
app.command("dispute")(supervising.dispute)
app.command("decide")(supervising.decide)
app.command("decline")(signing.decline)
app.command("appeals")(supervising.appeals)
app.command("recheck")(deciding.recheck)
app.command("data-docs")(deciding.data_docs)
app.command("papers")(reading.papers)
app.command("lint")(linting.lint)
app.command("trace")(tracing.trace)
app.command("back-test")(testing.back_test)
app.command("review")(signing.review)
app.command("sign")(signing.sign)
app.command("reject")(signing.reject)
app.command("void")(signing.void)
app.command("deliver")(delivering.deliver)
app.command("deliveries")(delivering.deliveries)
app.command("release")(delivering.release)
app.command("register")(signing.print_register)
app.command("acknowledge")(confirming.acknowledge)
app.command("unsigned")(confirming.unsigned)
app.command("revoke")(confirming.revoke)
app.command("verify")(signing.verify)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("reconcile")(keeping.reconcile)
app.command("audit")(keeping.audit)
app.command("watch")(keeping.watch)
app.command("runs")(looking.runs)
app.command("doctor")(keeping.doctor)
app.command("blank")(making.blank)
app.command("simulate")(making.simulate)
app.command("replay")(running.replay)
app.command("demo")(running.demo)
app.command("up")(running.up)
app.command("down")(running.down)
app.command("roles")(running.roles)

returns = typer.Typer(help="收到的报表：列出全部，或看一份的来龙去脉。", invoke_without_command=True)
returns.callback()(returning.returns)
returns.command("show")(returning.show)
app.add_typer(returns, name="returns")

drafts = typer.Typer(help="起草不由日程产生的公文。", no_args_is_help=True)
drafts.command("reporting-notice")(supervising.draft_reporting_notice)
drafts.command("criticism")(supervising.draft_criticism)
app.add_typer(drafts, name="draft")

templates = typer.Typer(help="公文模板。", no_args_is_help=True)
templates.command("build")(making.build_templates)
app.add_typer(templates, name="templates")

example_papers = typer.Typer(help="样例公文。", no_args_is_help=True)
example_papers.command("build")(examples.build_examples)
example_papers.command("picture")(examples.picture)
app.add_typer(example_papers, name="examples")

rules = typer.Typer(help="校验规则。", no_args_is_help=True)
rules.command("build")(making.build_rules)
app.add_typer(rules, name="rules")


def main() -> None:
    """Entry point of the console script."""
    app()
