"""plans/*.yaml: the seed as data, read through a closed schema; faults are told with file, line, key and what to do."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date, time
from fractions import Fraction
from pathlib import Path

import pytest

from duban.adapters.planfile import load_notices, load_plan
from duban.core.errors import PlanError
from duban.core.papers import PaperKind
from duban.core.plan import Evidence, Ground, Plan

ROOT = Path(__file__).resolve().parents[2]
SEED_PLAN = ROOT / "plans" / "jingkai-2018.yaml"
OTHER_PLAN = ROOT / "tests" / "plans" / "linhai-2021.yaml"
SEED_TEXT = ROOT / "docs" / "source" / "zjgb-2018-92.txt"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(SEED_PLAN)


def grounds_in(value: object) -> Iterator[Ground]:
    if isinstance(value, Ground):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from grounds_in(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from grounds_in(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from grounds_in(item)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


class TestTheSeedsPlan:
    def test_every_clause_is_a_literal_phrase_of_the_seed(self, plan: Plan) -> None:
        """原文 is quoted word for word, white space apart."""
        seed = squeezed(SEED_TEXT.read_text("utf-8"))
        clauses = [ground.clause for ground in grounds_in(plan) if ground.clause]
        assert len(clauses) > 90
        assert [clause for clause in clauses if squeezed(clause) not in seed] == []

    def test_every_entry_has_a_clause_or_a_decision_and_decisions_are_chinese(self, plan: Plan) -> None:
        """Exactly one ground an entry; users read the decisions."""
        grounds = list(grounds_in(plan))
        assert all((ground.clause is None) != (ground.decision is None) for ground in grounds)
        assert all(re.search(r"[一-龥]", ground.decision) for ground in grounds if ground.decision)

    def test_fifteen_member_units_nine_of_them_departments_six_of_them_offices(self, plan: Plan) -> None:
        """三、组织领导 lists them."""
        assert len(plan.units) == 15
        assert len(plan.departments) == 9
        assert [unit.name for unit in plan.units[9:]] == [office.name for office in plan.offices]
        assert [office.code for office in plan.offices] == ["MH", "JH", "CH", "QC", "JL", "XY"]

    def test_section_six_is_there_to_the_last_phrase(self, plan: Plan) -> None:
        """六、职责分工: what the duties leave over is headings, numbers and punctuation."""
        section = squeezed(SEED_TEXT.read_text("utf-8")).split("六、职责分工")[1].split("七、实施步骤")[0]
        for unit in (*plan.units, *plan.other_units):
            for duty in unit.duties:
                section = section.replace(squeezed(duty.text), "")
        left = re.sub(r"[（(][一二三四五六七八九十0-9]+[)）]|[^，。；]*?职责。|[。；，]", "", section)
        assert left == "建立责权明确的工作体系具体落实全区社区物业管理的组织、监管工作"

    def test_every_aim_is_somebodys_to_answer_for(self, plan: Plan) -> None:
        """十一项目标, each with at least one department and its office."""
        answered = {aim for unit in plan.units for duty in unit.duties for aim in duty.aims}
        assert answered == {aim.key for aim in plan.aims}

    def test_the_aims_stand_in_the_seeds_order(self, plan: Plan) -> None:
        """社区平安 is aim_01, 设施齐全 aim_11, as in the form."""
        seed = SEED_TEXT.read_text("utf-8")
        assert "、".join(aim.name for aim in plan.aims) in squeezed(seed)
        assert [aim.key for aim in plan.aims] == [f"aim_{n:02d}" for n in range(1, 12)]

    def test_shares_are_exact_and_add_up(self, plan: Plan) -> None:
        """30, 40, 30 %: cumulative 30, 70, 100 %, in exact arithmetic."""
        assert [target.cumulative for target in plan.targets] == [Fraction(3, 10), Fraction(7, 10), Fraction(1)]
        assert [target.due for target in plan.targets] == [date(year, 12, 31) for year in (2018, 2019, 2020)]

    def test_leading_group_and_reporting(self, plan: Plan) -> None:
        """组长, 主任, 副主任 and the host are the seed's; the week, the hour and the reminder are decisions."""
        assert plan.leading_group["leader"] == "李国立"
        assert plan.leading_group["director"] == "徐祖新"
        assert plan.leading_group["deputy_director"] == "李超"
        assert plan.leading_group["host"] == "房管局"
        assert (plan.reporting.first_day, plan.reporting.cutoff_time) == (date(2018, 7, 27), time(17))
        assert plan.reporting.reminder_time == time(14)
        assert plan.implementation_start == date(2018, 8, 11)
        assert plan.basis is None

    def test_obligations_are_those_of_the_domain(self, plan: Plan) -> None:
        """domain.md §4, line by line: day, and whether it climbs the ladder."""
        due = {rule.key: rule.due and rule.due.isoformat() for rule in plan.obligations}
        assert due == {
            "S1": "2018-07-30",
            "S2": "2018-08-10",
            "S3c": "2018-08-24",
            "S3a": "2018-12-30",
            "S3b": "2018-12-30",
            "S3": "2018-12-30",
            "Y2018-C": "2018-12-31",
            "Y2018-I": "2018-12-31",
            "Y2019-C": "2019-12-31",
            "Y2019-I": "2019-12-31",
            "Y2020-C": "2020-12-31",
            "Y2020-I": "2020-12-31",
            "W": None,
            "K": None,
            "A": None,
            "O": None,
            "D": None,
        }
        assert {rule.key for rule in plan.obligations if rule.needs_basis} == {"W", "K", "A", "S3c"}
        assert {rule.evidence for rule in plan.obligations} == set(Evidence)

    def test_the_survey_phase_and_its_obligation_share_one_date(self, plan: Plan) -> None:
        """S1 takes its day from the phase: stated once."""
        assert plan.obligation("S1").due == plan.phases[0].due

    def test_the_project_ledger_is_due_ten_working_days_into_the_phase(self, plan: Plan) -> None:
        """S3c by decision: the tenth working day from 2018-08-11 on."""
        workdays = plan.calendar.known_on(plan.source.issued)
        assert plan.obligation("S3c").due == workdays.add(date(2018, 8, 10), 10)

    def test_every_kind_of_paper_has_an_issuer_and_a_series(self, plan: Plan) -> None:
        """domain.md §7; only 工作提示 and 部门待办清单 carry no number."""
        assert {paper.kind for paper in plan.papers} == set(PaperKind)
        unnumbered = {paper.kind for paper in plan.papers if not paper.series}
        assert unnumbered == {PaperKind.REMINDER, PaperKind.DEPARTMENT_LIST}

    def test_the_report_goes_to_the_seeds_own_addressees(self, plan: Plan) -> None:
        """报 组长; 送 成员单位; 发 the two 管委 that the seed itself addresses."""
        report = plan.paper(PaperKind.WEEKLY_REPORT)
        assert report.report_to == ("领导小组组长",)
        assert report.issue_to == ("出口加工区管委", "国际物流园区管委")


class TestAnotherPlan:
    def test_it_loads_with_no_code_changed(self) -> None:
        """Other offices, codes, dates, shares, hours, departments and aims."""
        other = load_plan(OTHER_PLAN)
        assert [office.code for office in other.offices] == ["DA", "XA", "NS", "BH2"]
        assert other.offices[0].expected_compounds == 12
        assert other.departments == ("住建局", "综合执法局")
        assert [target.cumulative for target in other.targets] == [Fraction(1, 2), Fraction(1)]
        assert other.reporting.cutoff_time == time(12, 30)
        assert other.basis is not None

    def test_one_switch_says_whether_before_a_day_includes_it(self) -> None:
        """前 without the day: 4月1日前 ends on 31 March; a span of days keeps its end."""
        other = load_plan(OTHER_PLAN)
        assert other.obligation("M1").due == date(2021, 3, 31)
        assert other.phases[1].due == date(2021, 11, 30)

    def test_a_local_notice_replaces_the_years_notice_from_its_publication(self) -> None:
        """An override file adds notices; the one published last holds."""
        calendar = load_plan(OTHER_PLAN).calendar
        assert calendar.known_on(date(2021, 3, 9)).is_workday(date(2021, 3, 15))
        assert not calendar.known_on(date(2021, 3, 10)).is_workday(date(2021, 3, 15))
        assert calendar.known_on(date(2021, 3, 10)).is_workday(date(2021, 3, 20))


class Copy:
    """A copy of the seed's plan that a test spoils."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "plan.yaml"
        self.text = SEED_PLAN.read_text("utf-8")
        (folder / "calendar.yaml").write_bytes((SEED_PLAN.parent / "calendar.yaml").read_bytes())

    def fault(self, old: str, new: str) -> tuple[str, int]:
        """The message after `old` became `new`, and the line where that happened."""
        assert old in self.text
        line = self.text[: self.text.index(old)].count("\n") + 1
        self.path.write_text(self.text.replace(old, new, 1), "utf-8")
        with pytest.raises(PlanError) as caught:
            load_plan(self.path)
        return str(caught.value), line


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


ISSUE = "    series: 简报期号\n"
FAULTS = [
    # what was typed wrongly          old                              new                           key       told
    ("an unknown key", "    deliverable: 宣传发动会议", "    deliverables: 宣传发动会议", "deliverables", "不认识"),
    ("a value of no choice", "evidence: activity\n", "evidence: activities\n", "evidence", "quarterly_activities"),
    ("no such day", "due: 2018-08-10", "due: 2018-02-30", "phases[2].due", "2018-02-30"),
    ("a day without hyphens", "due: 2018-08-24", "due: 20180824", "obligations[3].due", "不是日期"),
    ("no such hour", "cutoff_time: 17:00", "cutoff_time: 25:00", "reporting.cutoff_time", "不是时刻"),
    ("a reminder after the cut-off", "reminder_time: 14:00", "reminder_time: 18:00", "reminder_time", "不早于"),
    ("no number", "due_soon: 3", "due_soon: 三", "waits.due_soon", "不是整数"),
    ("a number below 0", "due_soon: 3", "due_soon: -3", "waits.due_soon", "太小"),
    ("a number beyond sense", "due_soon: 3", "due_soon: 30000", "waits.due_soon", "太大"),
    ("neither true nor false", "value: true", "value: maybe", "before_includes_the_day.value", "true 或 false"),
    ("no percentage", "share: 40%", "share: 四成", "targets[2].share", "不是百分数"),
    ("more than a hundred", "share: 40%", "share: 140%", "targets[2].share", "不超过 100"),
    ("nothing typed", "name: 调查摸底阶段", "name: ", "phases[1].name", "不能空着"),
    ("blanks typed", "name: 调查摸底阶段", 'name: "  "', "phases[1].name", "不能空着"),
    ("a text for a list", "parts: [S3a, S3b, S3c]", "parts: S3a", "parts", "列表"),
    ("a list for a text", "key: jingkai-2018", "key: [a]", "key", "不能作标识"),
    ("a text for keys and values", "work: {text", "work: x # {text", "work", "键: 值"),
    ("a code with a hyphen", "code: MH,", "code: M-H,", "offices.members[1].code", "不能作代码"),
    ("a code twice", "code: JH,", "code: MH,", "offices.members[2].code", "重复"),
    ("an obligation twice", "key: S3b", "key: S3a", "obligations[5].key", "重复"),
    ("an unknown phase", "phase: publicity", "phase: publicty", "obligations[2].phase", "survey、publicity"),
    ("an unknown rung", "top_rung: urge", "top_rung: push", "top_rung", "reminder、urge"),
    ("an unknown issuer", "issuer: supervision", "issuer: supervisor", "issuer", "group_office、supervision"),
    ("an unknown series", "series: 简报期号", "series: 期号", "series", "简报期号"),
    ("an unknown paper on the ladder", "paper: supervise", "paper: supervision", "ladder[3].paper", "supervise"),
    ("a rung that needs a later one", "requires: urge", "requires: criticism_proposal", "requires", "reminder、urge"),
    ("an unknown aim", "aims: [aim_06]", "aims: [aim_12]", "units[1].duties[2].answers_for.aims[1]", "aim_11"),
    ("an unknown part", "parts: [S3a,", "parts: [S4,", "obligations[6].parts[1]", "S3a"),
    ("an unknown activity", "activity_kind: 宣传发动", "activity_kind: 宣传", "activity_kind", "宣传发动"),
    ("an unknown type of compound", "kinds: [社区楼院,", "kinds: [别墅,", "scope.kinds[1]", "社区楼院"),
    ("a strange field in a number", "number_form: 第{number}期", 'number_form: "第{n}期"', "number_form", "{number}"),
    ("a brace left open", "number_form: 第{number}期", 'number_form: "第{number期"', "number_form", "{number}"),
    ("a paper to a strange field", '["{recipients}"]', '["{recipient}"]', "to[1]", "{recipients}"),
    ("a copy number of five digits", ISSUE, f'    copy_number: "00001"\n{ISSUE}', "copy_number", "6 位"),
    ("a secrecy without a star", ISSUE, f"    secrecy: 机密1年\n{ISSUE}", "secrecy", "机密★1年"),
    ("an urgency of telegrams", ISSUE, f"    urgency: 特提\n{ISSUE}", "urgency", "特急、加急"),
    ("a paper without head", ISSUE, f"    urgency: 特急\n{ISSUE}", "urgency", "没有公文版头"),
    ("one person twice", "name: 徐祖新\n", "name: 李超\n", "issuers[1].signer.name", "李超"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "told"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_is_told_with_file_line_key_and_what_to_do(copy: Copy, old: str, new: str, key: str, told: str) -> None:
    """A plan file with a wrong key or value never loads, and the message leads to the place."""
    message, line = copy.fault(old, new)
    first_lines = [sentence for sentence in message.splitlines() if key in sentence and told in sentence]
    assert first_lines, message
    named = re.search(r"plan\.yaml 第(\d+)行", first_lines[0])
    assert named
    assert int(named[1]) == line
    assert all("请" in sentence for sentence in message.splitlines())


class TestFaultsOfWholeEntries:
    def test_a_missing_key_is_told_at_its_entry(self, copy: Copy) -> None:
        """No line of its own: the entry's first line is named."""
        message, line = copy.fault("    evidence: activity\n", "")
        assert f"第{line - 3}行 obligations[2].evidence：缺少这个键" in message

    def test_a_key_said_twice_names_both_lines(self, copy: Copy) -> None:
        """YAML would silently take the last."""
        message, line = copy.fault("    owner: office\n", "    owner: office\n    owner: district\n")
        assert f"第{line + 1}行 obligations[1].owner：这个键在第{line}行已经写过" in message

    @pytest.mark.parametrize("new", ["", "decision: 理由\n    clause: 由社区“两委”商议落实"], ids=["neither", "both"])
    def test_an_entry_needs_a_clause_or_a_decision_and_not_both(self, copy: Copy, new: str) -> None:
        """Exactly one ground."""
        message, _ = copy.fault("clause: 由社区“两委”商议落实\n", f"{new}\n")
        assert "obligations[5]：clause（原文）与 decision（理由）须写且只写其一" in message

    def test_a_duty_by_decision_says_its_own_text(self, copy: Copy) -> None:
        """Only a clause speaks for itself."""
        message, _ = copy.fault("- clause: 负责对全区住宅小区管理提升工作进行督导落实", "- decision: 本系统所定")
        assert "职责须另写 text" in message

    def test_an_obligation_without_what_its_evidence_needs_is_refused(self, copy: Copy) -> None:
        """A survey needs its day."""
        message, _ = copy.fault("    phase: survey\n    escalates", "    escalates")
        assert "必须写 due 或 phase" in message

    def test_an_obligation_has_one_day(self, copy: Copy) -> None:
        """Its own or its phase's."""
        message, _ = copy.fault("    phase: survey\n", "    phase: survey\n    due: 2018-07-29\n")
        assert "due 与 phase 不能同时写" in message

    def test_there_are_eleven_aims_in_their_order(self, copy: Copy) -> None:
        """The form's columns hang on the keys."""
        message, line = copy.fault("  - {key: aim_04, name: 绿要提质, clause: 绿要提质}\n", "")
        assert f"第{line - 4}行 aims：目标须恰为 11 项" in message

    def test_shares_beyond_the_whole_are_refused(self, copy: Copy) -> None:
        """30 + 40.5 + 30 is more than 100 %."""
        message, _ = copy.fault("share: 40%", "share: 40.5%")
        assert "targets：各年份额合计超过 100%" in message

    def test_years_only_go_up(self, copy: Copy) -> None:
        """A target's day lies in its year, the years ascend."""
        message, _ = copy.fault("year: 2019\n    share", "year: 2018\n    share")
        assert "targets[2]：年份须逐年递增" in message

    def test_a_year_without_target_is_unknown(self, copy: Copy) -> None:
        """An obligation of 2021 has no share."""
        message, _ = copy.fault("year: 2020\n    escalates", "year: 2021\n    escalates")
        assert "obligations[11].year：“2021”没有定义" in message

    def test_the_ladder_only_climbs(self, copy: Copy) -> None:
        """督办 at 1 working day would overtake 催办."""
        message, _ = copy.fault("working_days: 3\n    paper", "working_days: 1\n    paper")
        assert "ladder[3]：各级须按 working_days 从小到大排列" in message

    def test_a_kind_of_paper_left_out_is_named(self, copy: Copy) -> None:
        """Whoever drafts it would find nobody to issue it."""
        start = copy.text.index("  - kind: department_list")
        end = copy.text.index("# 报送通知签发后")
        message, _ = copy.fault(copy.text[start:end], "")
        assert "缺少下列文种：department_list" in message

    def test_a_phase_without_start_cannot_begin_the_pace_line(self, copy: Copy) -> None:
        """序时进度 needs its first day."""
        message, _ = copy.fault("implementation:\n  phase: implementation", "implementation:\n  phase: survey")
        assert "implementation.phase：阶段“survey”没有 start" in message

    def test_days_in_the_wrong_order_are_refused(self, copy: Copy) -> None:
        """A phase does not end before it begins."""
        message, _ = copy.fault("start: 2018-08-11", "start: 2019-08-11")
        assert "phases[3]：结束日早于开始日" in message

    def test_a_persons_mailbox_is_an_address(self, copy: Copy) -> None:
        """As its line says, of a deputy too."""
        message, _ = copy.fault(
            "position: 领导小组办公室副主任\n", "position: 领导小组办公室副主任\n      mail: 李超\n"
        )
        assert "issuers[1].reviewer.mail：“李超”不是邮箱地址，请改正" in message
        message, _ = copy.fault("name: 房管局值班负责人,", "name: 房管局值班负责人, mail: 值班室,")
        assert ".signer.deputy.mail：“值班室”不是邮箱地址，请改正" in message

    def test_all_faults_are_told_at_once_and_no_more_than_twenty(self, copy: Copy) -> None:
        """One round of corrections, and no wall of text."""
        copy.text = copy.text.replace("escalates: ", "climbs: ")
        message, _ = copy.fault("climbs: ", "climbs: ")
        assert len(message.splitlines()) == 21
        assert message.endswith("请改正以上各处后再试。")


class TestFilesThatAreNoPlan:
    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "不能空着"),
            (b"- a\n", "键: 值"),
            (b"a: [1\n", "YAML 写法有误"),
            (b"a: 1\n--- \nb: 2\n", "YAML 写法有误"),
            (b"a: \x00\n", "YAML 写法有误"),
            ("键: 值".encode("gb18030"), "UTF-8"),
            (b"a: &a [*a]\n", "引用了它自身"),
            (b"? [a, b]\n: 1\n", "键须是一个词"),
        ],
        ids=["empty", "a list", "broken", "two documents", "control character", "gb18030", "recursive", "odd key"],
    )
    def test_they_are_refused_in_chinese(self, tmp_path: Path, content: bytes, told: str) -> None:
        """Nothing but PlanError, whatever the file holds."""
        path = tmp_path / "plan.yaml"
        path.write_bytes(content)
        with pytest.raises(PlanError, match=told):
            load_plan(path)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        """The path is in the message."""
        with pytest.raises(PlanError, match=r"nowhere\.yaml：找不到这个文件"):
            load_plan(tmp_path / "nowhere.yaml")

    def test_a_missing_file_of_notices_is_named(self, copy: Copy) -> None:
        """So is the calendar's."""
        message, _ = copy.fault("notices: [calendar.yaml]", "notices: [kalender.yaml]")
        assert "kalender.yaml：找不到这个文件" in message


class TestExactShares:
    @pytest.mark.parametrize(
        ("typed", "share"),
        [
            ("33.3", Fraction(333, 1000)),
            ("100/3", Fraction(1, 3)),
            ('"30"', Fraction(3, 10)),
            ("0.1%", Fraction(1, 1000)),
        ],
    )
    def test_a_share_is_what_was_typed(self, copy: Copy, typed: str, share: Fraction) -> None:
        """No binary fraction comes between: 33.3 is 333/1000."""
        copy.path.write_text(copy.text.replace("share: 40%", f"share: {typed}"), "utf-8")
        assert load_plan(copy.path).targets[1].share == share


class TestNotices:
    def write(self, folder: Path, lines: str) -> Path:
        path = folder / "notices.yaml"
        path.write_text(f"notices:\n{lines}", "utf-8")
        return path

    def test_a_year_that_the_library_does_not_know_has_no_notice(self, tmp_path: Path) -> None:
        """It stays provisional; nothing fails."""
        path = self.write(tmp_path, "  - {year: 2999, published: 2998-11-01, reference: 将来, days: chinesecalendar}\n")
        assert load_notices(path) == ()

    def test_days_may_be_listed_without_the_library(self, tmp_path: Path) -> None:
        """Weekend days off and weekdays worked are no change and are left out."""
        path = self.write(
            tmp_path,
            "  - {year: 2030, published: 2029-11-01, reference: 手工,"
            " off: [2030-02-02, 2030-02-04], work: [2030-02-09]}\n",
        )
        (notice,) = load_notices(path)
        assert notice.off == frozenset({date(2030, 2, 4)})
        assert notice.work == frozenset({date(2030, 2, 9)})

    @pytest.mark.parametrize(
        ("days", "told"),
        [
            (
                "off: [2030-05-01], work: [2030-05-01]",
                r"第2行 notices\[1\]\.work\[1\]：2030-05-01 既列为放假又列为上班",
            ),
            ("off: [2031-05-01]", r"notices\[1\]\.off\[1\]：2031-05-01 不归 2030 年的通知管"),
            ("days: lunar", "chinesecalendar"),
        ],
    )
    def test_a_faulty_notice_is_told_with_its_line(self, tmp_path: Path, days: str, told: str) -> None:
        """As in the plan itself."""
        path = self.write(tmp_path, f"  - {{year: 2030, published: 2029-11-01, reference: 手工, {days}}}\n")
        with pytest.raises(PlanError, match=told):
            load_notices(path)

    def test_decembers_days_come_from_the_next_years_notice(self) -> None:
        """The notice for 2019 made Saturday 2018-12-29 a working day; that for 2018 never knew."""
        notices = load_notices(SEED_PLAN.parent / "calendar.yaml")
        of_2018 = next(notice for notice in notices if notice.year == 2018)
        of_2019 = next(notice for notice in notices if notice.year == 2019)
        assert date(2018, 12, 29) not in of_2018.work
        assert date(2018, 12, 29) in of_2019.work
        assert date(2018, 12, 31) in of_2019.off
