"""A plan of any number of offices with any number of weeks behind it, written straight into the tables.

For what is measured, not for what is judged: nothing here went through the product. Each week every office but a few
sends one return with its whole state; letters go out every week, reports to all offices.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, product
from pathlib import Path
from string import ascii_uppercase

from sqlalchemy import Engine, text

from duban.adapters.planfile import load_plan
from duban.core.plan import Plan
from duban.core.weeks import ReportingWeek, Weeks

ROOT = Path(__file__).resolve().parents[2]
EPOCHS = timedelta(days=365 * 4)
SENT = "((w.n + o.p) % 40 <> 0 or w.n < 4)"
PARTLY = "(w.n + o.p) % 17 = 0"
REPORT = "(o.p = 1 and cast(:reports as boolean))"
EACH = """
    from unnest(cast(:keys as text[]), cast(:cutoffs as timestamptz[])) with ordinality as listed (key, cutoff, place)
    cross join lateral (select listed.key, listed.cutoff, listed.place + :before as n) as w
    cross join unnest(cast(:offices as text[])) with ordinality as o (code, p)
"""
ID = "(w.n * 100000 + o.p)"
OFFICES = """
    insert into duban.office (plan, code) select :plan, code from unnest(cast(:offices as text[])) as o (code)
    on conflict do nothing
"""
LISTINGS = f"""
    insert into duban.listing (plan, office, as_of)
    select :plan, o.code, w.cutoff - hours * interval '4 hours' {EACH} cross join generate_series(0, 5) as hours
"""
RECEIVED = f"""
    insert into duban.received (plan, return_id, office, path, size, modified_at, sha256, received_at)
    overriding system value
    select :plan, {ID}, o.code, o.code || '/' || w.key || '.xlsx', 20000, w.cutoff - interval '3 hours',
           encode(sha256(convert_to(o.code || w.key, 'UTF8')), 'hex'), w.cutoff - interval '3 hours'
    {EACH} where {SENT}
"""
VERDICTS = f"""
    insert into duban.verdict (plan, return_id, status, office, week, kind, rules_version, judged_as_of, slip_at,
                               rows_read, rows_accepted, rows_rejected, rows_ignored, ledger_rows, project_compounds,
                               faults)
    select :plan, {ID}, case when {PARTLY} then 'partial' else 'accepted' end, o.code, w.key, '正常报送', '1',
           w.cutoff - interval '2 hours', case when {PARTLY} then w.cutoff - interval '2 hours' end,
           2 * :compounds, 2 * :compounds - ({PARTLY})::int, ({PARTLY})::int, 0, :compounds,
           array(select o.code || '-' || to_char(c, 'FM000') from generate_series(1, :compounds) as c),
           case when {PARTLY} then array['R02/' || o.code || '-001/kind'] else array[]::text[] end
    {EACH} where {SENT}
"""  # noqa: S608 - written above
FINDINGS = f"""
    insert into duban.finding (plan, return_id, position, code, class, sheet, cell, compound, column_key, row, found,
                               expected)
    select :plan, {ID}, 0, 'R02', 'A', '工作台账', 'D3', o.code || '-001', 'kind', 3, '别的', '可选项之一'
    {EACH} where {SENT} and {PARTLY}
"""
ANSWERS = f"""
    insert into duban.answer (plan, return_id, as_of, files)
    select :plan, {ID}, w.cutoff, array[o.code || '/' || w.key || '-已核对.xlsx'] {EACH} where {SENT}
"""
ROLLUPS = f"""
    insert into duban.rollup (plan, week, office, version, return_id, compounds, pending, schemes_drafted,
                              schemes_deliberated, committees_filed, improved)
    select :plan, w.key, o.code, 1, {ID}, :compounds, 0, :compounds, :compounds, least(:compounds, w.n / 2),
           least(:compounds, w.n / 3) {EACH} where {SENT}
"""
POINTERS = f"""
    insert into duban.pointer (plan, office, week, version, return_id, known_from)
    select :plan, o.code, w.key, 1, {ID}, w.cutoff - interval '3 hours' {EACH} where {SENT}
"""
STATES = f"""
    insert into duban.compound_state (plan, week, office, version, compound_id, pending, name, community, kind,
                                      buildings, households, planned_year, scheme, deliberated_on, aims, accepted_on,
                                      committee_stage, filed_on, project_digest)
    select :plan, w.key, o.code, 1, o.code || '-' || to_char(c, 'FM000'), false, o.code || '小区' || c, '某社区',
           :kind, 10, 300, '2018', '两委已议定', date '2018-07-25', array_fill('已完成'::text, array[11]),
           case when c * 3 <= w.n then date '2018-07-20' + 21 * c end,
           case when c * 2 <= w.n then '已备案' else '筹备组成立' end,
           case when c * 2 <= w.n then date '2018-07-20' + 14 * c end, null
    {EACH} cross join generate_series(1, :compounds) as c where {SENT}
"""
ROWS = f"""
    insert into duban.return_row (plan, return_id, position, table_key, row, verdict, compound, cells)
    select :plan, {ID}, c + case when kind = 'work' then 0 else 1000 end, kind, c + 1, 'accepted',
           o.code || '-' || to_char(c, 'FM000'),
           jsonb_build_object('compound_id', o.code || '-' || to_char(c, 'FM000'), 'name', o.code || '小区' || c,
                              'problem', '弱电线杂乱', 'funds', '12.50',
                              'ask_department', case when c % 25 = 0 then '规划分局' end,
                              'asked_on', case when c % 25 = 0 then '2018-09-03' end)
    {EACH} cross join generate_series(1, :compounds) as c cross join (values ('work'), ('project')) as tables (kind)
    where {SENT} and w.n > :rows_after
"""
PAPERS = f"""
    insert into duban.paper (plan, paper_id, kind, title, to_units, cc_units, number, state, as_of, path, sha256,
                             office, week, rung, items)
    overriding system value
    select :plan, {ID}, case when {REPORT} then 'weekly_report' else 'urge' end, '公文' || o.code, array[o.code],
           array[]::text[], null, 'delivered', w.cutoff, w.key || o.code || '.docx', repeat('0', 64),
           case when {REPORT} then null else o.code end, w.key, null, array[]::text[]
    {EACH} where {REPORT} or (w.n + o.p) % :letter_every = 0
"""
SIGNATURES = """
    insert into duban.signature (plan, paper_id, signed_by, signed_at, dated, number, path, sha256)
    select plan, paper_id, '李超', as_of, as_of::date, null, '签发/' || path, sha256 from duban.paper as one
    where plan = :plan and not exists (select from duban.signature where plan = one.plan and paper_id = one.paper_id)
"""
AUDIT = """
    insert into duban.audit (plan, seq, paper_id, after, done_by, at, why, sha256, origin, recorded_at, previous,
                             digest)
    select plan, paper_id * 2 + delivered, paper_id, (array['signed', 'delivered'])[delivered + 1], '李超', as_of, '',
           sha256, '', as_of, sha256, sha256
    from duban.paper as one cross join generate_series(0, 1) as delivered
    where plan = :plan and not exists (select from duban.audit where plan = one.plan and paper_id = one.paper_id)
"""
DELIVERIES = """
    insert into duban.delivery (plan, paper_id, recipient, channel, address, message_id, state, changed_at, changed_by,
                                origin)
    select plan, paper_id, unit, 'folder', unit, paper_id || unit, 'sent', as_of, '李超', ''
    from duban.paper as one
    cross join lateral unnest(case when office is null then cast(:offices as text[]) else to_units end) as unit
    where plan = :plan and not exists (select from duban.delivery where plan = one.plan and paper_id = one.paper_id)
"""
FIGURES = """
    insert into duban.figure (plan, paper_id, key, printed, definition, returns)
    select paper.plan, paper_id, 'district.known', '1', 'domain.md §5 known',
           array(select return_id from duban.verdict where verdict.plan = paper.plan and verdict.week = paper.week)
    from duban.paper
    where paper.plan = :plan and kind = 'weekly_report'
      and not exists (select from duban.figure where plan = paper.plan and paper_id = paper.paper_id)
"""
SCRIPTS = (
    OFFICES, LISTINGS, RECEIVED, VERDICTS, FINDINGS, ANSWERS, ROLLUPS, POINTERS, STATES, ROWS, PAPERS, SIGNATURES,
    AUDIT, DELIVERIES, FIGURES,
)  # fmt: skip


class Province:
    """The committed plan with so many offices, and a history that grows by weeks.

    Without `reports` nobody has written the weekly reports yet. The rows of returns are written of the last two weeks
    alone, or of `every_row`.
    """

    def __init__(
        self,
        engine: Engine,
        offices: int,
        compounds: int,
        *,
        letter_every: int = 10,
        reports: bool = True,
        every_row: bool = False,
    ) -> None:
        self._engine, self._compounds, self._letter_every, self._reports = engine, compounds, letter_every, reports
        self._every_row = every_row
        first = load_plan(ROOT / "plans" / "jingkai-2018.yaml")
        codes = ("".join(letters) for letters in islice(product(ascii_uppercase, repeat=4), offices))
        self.plan: Plan = replace(
            first,
            key=f"{offices} offices",
            offices=tuple(replace(first.offices[0], code=code, name=f"{code}办事处") for code in codes),
        )
        reporting = first.reporting
        self._weeks = Weeks(first.calendar, reporting.first_day, reporting.cutoff_time, reporting.reminder_time)
        self._grown = 0

    @property
    def now(self) -> datetime:
        """The cut-off of the last week."""
        return self.cutoff(self._grown)

    def cutoff(self, week: int) -> datetime:
        """The cut-off of a week, the first being 1."""
        return self._upto(week)[-1].cutoff

    def _upto(self, weeks: int) -> list[ReportingWeek]:
        start = datetime.combine(self.plan.source.start, self.plan.reporting.cutoff_time).astimezone()
        return list(islice(self._weeks.begun_by(start + EPOCHS), weeks))

    def grow(self, weeks: int, *, step: int = 10) -> None:
        """Go on until there are so many weeks."""
        while self._grown < weeks:
            until = min(weeks, self._grown + step)
            self._write(self._upto(until)[self._grown :], rows_after=0 if self._every_row else weeks - 2)
            self._grown = until
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum (analyze)"))

    def _write(self, weeks: list[ReportingWeek], rows_after: int) -> None:
        values: Mapping[str, object] = {
            "plan": self.plan.key,
            "offices": [office.code for office in self.plan.offices],
            "keys": [week.key for week in weeks],
            "cutoffs": [week.cutoff for week in weeks],
            "before": self._grown,
            "compounds": self._compounds,
            "kind": self.plan.kinds_in_scope[0],
            "rows_after": rows_after,
            "letter_every": self._letter_every,
            "reports": self._reports,
        }
        with self._engine.begin() as connection:
            # Neither keys to other tables nor triggers: what is written here is consistent by itself.
            connection.execute(text("set local session_replication_role = replica"))
            for script in SCRIPTS:
                asked = text(script)
                connection.execute(asked, {name: values[name] for name in asked._bindparams})
