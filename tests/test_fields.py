"""`fields`: which column feeds which field, what stands in it, what a column may mean, and mappings that are kept.

`PSM_QUALIFY_GOLDEN=1 pytest tests/test_fields.py` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from psm_qualify import scoring
from psm_qualify.errors import InputError, OutputError, UsageError
from psm_qualify.facts.text import squash
from psm_qualify.render.base import Target
from psm_qualify.render.fields import map_options, render_json, render_table
from psm_qualify.results import RecordPlace
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.sources.map_files import map_text, read_map, write_map
from psm_qualify.suggestions import Suggester
from psm_qualify.surveys import FedField, Sample, Survey, UnclaimedColumn, survey
from test_cli import command, done, refused

GOLDEN = Path(__file__).parent / "golden"
PACK = load_pack("psm")
SMALL = parse_pack("""
pack: {name: small, title: Small pack}
fields:
  id: {type: text, columns: [record id]}
  name: {type: text, label: Firm, columns: [company account]}
  notes: {type: text}
  employees: {type: number, columns: [no of employees]}
  sales_reps:
    {type: number, label: Salespeople, columns: [number of salespeople, sales reps, sales team size],
     infer: [{from: [notes], find: "team of ([0-9]+)", value: $1}, {contacts: sales rep, count: at_least}]}
  sales_leader:
    {type: choice, columns: [head of sales], choices: {nobody: [no one], owner: [founder, "/founder/"],
     professional: [vp sales, sales manager, "/sales manager/"]}}
  quota: {type: percent, columns: [percent of quota], infer: [{from: [notes], find: met, value: 100%}]}
  stay_share: {type: percent, label: Buyers who stay, columns: [repeat business]}
  our_rep: {type: text, columns: [organization owner]}
scorecards:
  fit:
    criteria:
      small: {when: {sales_reps: {at_most: 6}, employees: {at_most: 50}}, points: 1, required: true}
      led: {when: {any: [{sales_leader: nobody}, {quota: {at_most: 100%}}, {stay_share: {at_least: 50%}}]}, points: 1}
    bands: {A: {at_least: 0}}
""")
UGLY = """\
Record Id,Company / Account,Organization - Owner,Salesmen,"Head, of Sales (title)",Quota %,Fax,Repeat biz,\
No. of Employees,,Notes,Sales Leader
1,Ann Ltd,Dana,3,Owner,85,x,60%,11-50,,team of 4 sales reps,nobody
2,"Bob ""B"" <b>[red]",Dana,6-Jan,VP Sales,n/a,,most,9,left over,-,Owner / Sales Manager
3,Cy 漢字 \x1b[31m,Eli,lots,,1.1,,,4 pers,,,nobdoy
4,Di,Eli,4,,,,,4 pers,,none,owner
5,Ed,Eli,10+,,,,,"1,200",,,Founder & CEO
6,Flo,Eli,,,,,,about 5,,,Owner
"""


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def ugly(tmp_path: Path) -> Path:
    return written(tmp_path, UGLY)


@pytest.fixture(params=["direct", "duckdb"])
def either_engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library takes the engine by the length of the list: here that is decided for it."""
    monkeypatch.setattr(scoring, "_SHORT", 0 if request.param == "duckdb" else 1 << 40)


def fed(found: Survey, field: str) -> FedField:
    (one,) = (each for each in found.files[0].fields if each.field == field)
    return one


def unclaimed(found: Survey, header: str) -> UnclaimedColumn:
    (one,) = (each for each in found.files[0].unclaimed if each.column == header)
    return one


# -- what stands in the columns ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("either_engine")
def test_a_field_says_how_full_its_column_is_and_how_it_is_read(ugly: Path) -> None:
    found = survey(ugly, PACK)
    employees = fed(found, "employees")
    assert (employees.label, employees.type, employees.column) == ("Employees", "number", "No. of Employees")
    assert (employees.filled, employees.understood) == (6, 4)
    assert employees.samples == (Sample("11-50", "11 to 50", 1), Sample("9", "9", 1), Sample("1,200", "1,200", 1),
                                 Sample("about 5", "5", 1))  # fmt: skip
    (odd,) = employees.not_understood
    assert (odd.value, odd.count, odd.rows) == ("4 pers", 2, (3, 4))
    assert odd.places[0] == RecordPlace(str(ugly), 3, 4)
    assert odd.hint is not None
    assert "write 4 alone" in odd.hint


@pytest.mark.usefixtures("either_engine")
def test_values_that_mean_unknown_fill_nothing(ugly: Path) -> None:
    found = survey(ugly, PACK)
    assert fed(found, "notes").filled == 1  # - and none say nothing
    assert unclaimed(found, "Quota %").filled == 2  # n/a
    assert unclaimed(found, "Fax").filled == 1


@pytest.mark.usefixtures("either_engine")
def test_samples_are_of_different_kinds_the_most_frequent_first(tmp_path: Path) -> None:
    rows = ["1"] * 3 + ["2"] * 5 + ["3"] * 4 + ["4"] * 6 + ["5-6", "7+", "lots"]
    found = survey(written(tmp_path, "\n".join(["name,sales reps", *(f"a,{row}" for row in rows)]) + "\n"), PACK)
    assert [(one.text, one.count) for one in fed(found, "sales_reps").samples] == [
        ("4", 6), ("2", 5), ("5-6", 1), ("7+", 1)
    ]  # fmt: skip


@pytest.mark.usefixtures("either_engine")
def test_a_choice_shows_what_stands_for_each_of_its_names(ugly: Path) -> None:
    leader = fed(survey(ugly, PACK), "sales_leader")
    assert {one.text: (one.read, one.count) for one in leader.samples} == {
        "Owner": ("non_sales_professional", 1), "nobody": ("nobody", 1), "owner": ("non_sales_professional", 1),
        "Founder & CEO": ("non_sales_professional", 1)}  # fmt: skip
    assert {one.value: one.hint for one in leader.not_understood} == {
        "Owner / Sales Manager": "fits non_sales_professional and sales_professional: which is it?",
        "nobdoy": "looks like 'nobody' (nobody)"}  # fmt: skip


@pytest.mark.usefixtures("either_engine")
def test_a_decimal_comma_is_read_as_one(tmp_path: Path) -> None:
    path = written(tmp_path, 'name;stay length\na;"1,5"\nb;"2,5 years"\nc;"lots,5"\n')
    found = survey(path, PACK)
    stay = fed(found, "stay_length")
    assert [(one.text, one.read) for one in stay.samples] == [("1,5", "1.5 years"), ("2,5 years", "2.5 years")]
    assert (stay.filled, stay.understood, stay.not_understood[0].value) == (3, 2, "lots,5")
    odd = fed(survey(path, PACK, decimal="point"), "stay_length")
    assert odd.understood == 0


def test_both_engines_find_the_same(ugly: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = written(tmp_path, 'id,fax\n1,"a\nb"\n\n2,x,y\n3,"q""q"\n4,\'\n', "damaged.csv")
    nothing = written(tmp_path, "a,b\n1,x\n\n2,\n,\n", "nothing.csv")
    many = written(tmp_path, "name,sales reps,city\n" + "".join(
        f"Firm {number},{number % 7 or ''},{'Ohio' if number % 3 else 'n/a'}\n" for number in range(30_000)
    ), "many.csv")  # fmt: skip
    files = [ugly, damaged, nothing, many]
    monkeypatch.setattr(scoring, "_SHORT", 1 << 40)
    direct = survey(files, PACK)
    monkeypatch.setattr(scoring, "_SHORT", 0)
    assert survey(files, PACK) == direct
    assert [(file.rows, file.rejected) for file in direct.files] == [(6, 0), (3, 1), (2, 0), (30_000, 0)]
    city = direct.files[3].unclaimed[0]
    assert (city.filled, city.samples) == (20_000, ("Ohio",))


HEADERS = ["name", "sales reps", "Sales Leader", "quota attainment", "Fax", "", "Salesmen", "notes", "employees"]
CELLS = ["", "3", "n/a", "nobody", "none", "-", "1,5", "1.200,50", "85%", "x y", "漢", "lots", '"a\nb"', '"q"""', "'",
         " ", "1-6", "not  known", '"un', "1,200", "TBD", "?"]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_both_engines_find_the_same_in_any_list_and_score_agrees(data: st.DataObject) -> None:
    headers = data.draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=5))
    cells = st.lists(st.sampled_from(CELLS), min_size=len(headers) - 1, max_size=len(headers))
    rows = data.draw(st.lists(cells, max_size=8))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = written(Path(folder), "\n".join(";".join(row) for row in (headers, *rows)))
        patch.setattr(scoring, "_SHORT", 1 << 40)
        try:
            direct = survey(path, SMALL)
        except InputError:
            assume(False)
        patch.setattr(scoring, "_SHORT", 0)
        assert survey(path, SMALL) == direct
        (file,) = direct.files
        assert all(0 <= one.understood <= one.filled <= file.rows for one in file.fields)
        if file.fields:
            with scoring.score(path, SMALL) as ranking:
                assert (ranking.summary.input.scored, len(ranking.summary.input.rejected)) == (file.rows, file.rejected)


@pytest.mark.usefixtures("either_engine")
def test_blank_lines_count_for_nothing_where_no_field_is_judged(tmp_path: Path) -> None:
    found = survey(written(tmp_path, "notes\nfirst\n\nsecond\n"), PACK)
    assert (found.files[0].rows, fed(found, "notes").filled) == (2, 2)


@pytest.mark.usefixtures("either_engine")
def test_damage_in_a_column_that_is_not_scored_rejects_the_row_here_too(tmp_path: Path) -> None:
    rows = [f"Firm {number},3,x" for number in range(50)]
    rows[20] = 'Firm 20,3,"x" y'
    found = survey(written(tmp_path, "\n".join(["name,sales reps,fax", *rows]) + "\n"), PACK)
    (file,) = found.files
    assert (file.rows, file.rejected) == (49, 1)
    assert fed(found, "name").filled == 49


@pytest.mark.parametrize("lines", [[], ["a,1"]])
@pytest.mark.usefixtures("either_engine")
def test_a_list_with_few_rows_or_none(lines: list[str], tmp_path: Path) -> None:
    found = survey(written(tmp_path, "\n".join(["name,sales men", *lines]) + "\n"), PACK)
    assert (found.files[0].rows, fed(found, "name").filled) == (len(lines), len(lines))
    assert found.suggested == {"sales_reps": "sales men"}


def test_a_list_in_which_nothing_is_recognised_is_told_as_it_is(tmp_path: Path) -> None:
    found = survey(written(tmp_path, "foo,Webiste\n1,a.com\n"), PACK)
    assert found.files[0].fields == ()
    assert found.mapping == {}
    assert found.suggested == {"domain": "Webiste"}
    with pytest.raises(InputError):
        scoring.score(written(tmp_path, "foo,Webiste\n1,a.com\n"), PACK)


# -- several files, missing fields, mappings ---------------------------------------------------------------------


def test_each_file_is_told_by_itself_and_what_is_missing_by_all(tmp_path: Path) -> None:
    one = written(tmp_path, "company name,sales team size\nAnn,3\nBob,?!\n", "one.csv")
    two = written(tmp_path, "Account Name;Number of salespeople;Fax\nCy;4 or so;1\n", "two.csv")
    found = survey([one, two], PACK)
    assert [file.name for file in found.files] == [str(one), str(two)]
    assert [[each.column for each in file.fields] for file in found.files] == [
        ["company name", "sales team size"], ["Account Name", "Number of salespeople"]]  # fmt: skip
    assert [len(file.fields[1].not_understood) for file in found.files] == [0, 1]
    assert found.files[0].fields[1].filled == 1
    assert found.mapping == {"name": "company name", "sales_reps": "sales team size"}
    assert "sales_reps" not in {missing.field for missing in found.missing}


def test_a_mapping_goes_before_the_headers_of_the_pack_in_the_file_that_has_it(tmp_path: Path) -> None:
    one = written(tmp_path, "name,sales reps,Team (sales)\nAnn,3,4\n", "one.csv")
    two = written(tmp_path, "name,sales reps\nBob,5\n", "two.csv")
    found = survey([one, two], PACK, mapping={"sales_reps": "Team (sales)"})
    assert [file.fields[1].column for file in found.files] == ["Team (sales)", "sales reps"]
    assert [column.column for column in found.files[0].unclaimed] == ["sales reps"]
    with pytest.raises(UsageError, match="has no column 'Nothing'"):
        survey([one, two], PACK, mapping={"sales_reps": "Nothing"})
    with pytest.raises(UsageError, match="no field 'sales_rep'"):
        survey([one, two], PACK, mapping={"sales_rep": "name"})


def test_missing_fields_are_those_that_count_and_tell_where_they_may_come_from(tmp_path: Path) -> None:
    path = written(tmp_path, "name,notes,number of employees\nAnn,x,4\n")
    missing = {one.field: one for one in survey(path, PACK).missing}
    assert list(missing) == [field for field in PACK.fields if field in missing]
    assert set(missing) == PACK.used_fields - {"name", "notes", "employees"}
    assert missing["sales_reps"].headers[0] == PACK.fields["sales_reps"].columns[0]
    assert {"Notes", "a contact list"} <= set(missing["sales_leader"].inferred_from)
    assert all(one.inferred_from == () for one in survey(path, PACK, infer=False).missing)
    without = written(tmp_path, "name\nAnn\n", "without.csv")
    sources = {one.field: one.inferred_from for one in survey(without, PACK).missing}
    assert sources["sales_leader"] == ("a contact list",)


def test_what_is_suggested_works_when_it_is_applied(ugly: Path) -> None:
    found = survey(ugly, PACK)
    assert found.suggested == {"sales_reps": "Salesmen", "goal_attainment": "Quota %", "stay_share": "Repeat biz"}
    assert unclaimed(found, "Head, of Sales (title)").suggestion is None  # Sales Leader feeds it
    applied = survey(ugly, PACK, mapping=found.suggested)
    assert applied.suggested == {}
    assert found.suggested.items() <= applied.mapping.items()
    with scoring.score(ugly, PACK, mapping=found.suggested) as ranking:
        assert ranking.summary.input.columns == applied.mapping
        odd = [one for file in applied.files for each in file.fields for one in each.not_understood]
        assert list(ranking.summary.input.not_understood) == odd


def test_the_best_column_is_suggested_where_two_may_mean_a_field(tmp_path: Path) -> None:
    found = survey(written(tmp_path, "name,Outside sales reps,Saels reps\na,1,2\n"), PACK)
    assert all(column.suggestion is not None for column in found.files[0].unclaimed)
    assert found.suggested == {"sales_reps": "Saels reps"}


@pytest.mark.parametrize("cells", [["Bob, Ann", "Cy"], ["x"]])
def test_a_column_is_not_suggested_that_the_field_can_not_read(cells: list[str], tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join(["name,Sales team", *(f'a,"{cell}"' for cell in cells)]) + "\n")
    assert survey(path, PACK).suggested == {}
    path = written(tmp_path, "name,Sales team\na,4\nb,5-6\n")
    assert survey(path, PACK).suggested == {"sales_reps": "Sales team"}


# -- suggestions -------------------------------------------------------------------------------------------------

MEANT = {
    "sales_reps": [
        "Salesmen", "No. of salesmen", "# of salesmen", "Nr. of sales reps", "Sales Reps (FTE)", "Sales reps (2024)",
        "Company - Sales headcount", "Organization - Sales reps", "company_sales_reps", "companySalesTeamSize",
        "Saels reps", "Slaes team size", "Size of the sales team", "Sales Team Size 2025", "Sales Dept Headcount",
        "How many salesmen", "Total sales reps", "Outside sales reps", "Reps #", "Sales team total",
    ],
    "sales_leader": ["Head, of Sales (title)", "Who manages the sales team", "Salse leader"],
    "goal_attainment": ["Quota %", "% to goal 2024", "Goal attainment 2024", "Goal attainmnet"],
    "stay_share": ["Repeat biz", "Repeat biz %", "Customer retention pct"],
    "stay_length": ["Avg. client tenure (yrs)", "Avg relationship (years)"],
    "offering": ["Products/Services", "What do they sell"],
    "referral_share": ["Referral %"],
    "needs_mentoring": ["Needs mentor?"],
    "annual_revenue": ["Revenue 2025", "Anual revenue"],
    "employees": ["Employees (LinkedIn)", "Headcount (total)", "Emplyees", "No of emp"],
    "industry": ["Industy", "Account: Industry Sector", "Company Sector"],
    "domain": ["Webiste"],
    "name": ["Compny", "Frim name"],
    "notes": ["Descripton"],
}  # fmt: skip
MEANS_NOTHING = [
    "Fax", "Phone", "Phone Number", "Mobile", "Billing City", "Billing State/Province", "Shipping Street", "Country",
    "State", "City", "Zip", "Postal Code", "Create Date", "Created Time", "Last Activity", "Last Activity Date",
    "Next activity date", "Time zone", "First Name", "Last Name", "Email", "Contact Email", "Contact name", "Contact",
    "Contract", "Lead Source", "Original Source", "Deals", "Number of open deals", "Won deals", "Tags", "LinkedIn URL",
    "Person Linkedin Url", "Company LinkedIn", "Facebook Page", "Twitter Handle", "Team size", "Team", "Firm size",
    "Quota", "Sales quota", "Sales", "Total sales", "YTD sales", "Number of sales orders", "Sales cycle length",
    "Sales territory", "Sales leader email", "Head of Sales Name", "Account site", "Account Number", "Company Type",
    "Type", "Rating", "Customer rating", "Score", "Lead score", "HubSpot Score", "Priority", "Budget", "Currency",
    "Annual Revenue Growth", "Annual revenue (in 000s)", "Revenue ($M)", "Revenue in thousands", "Total Funding",
    "Latest Funding Amount", "Technologies", "Keywords", "SIC Codes", "Founded Year", "Subsidiary of", "Seniority",
    "Departments", "Parent Account", "Number of Retail Locations", "Number of Form Submissions", "Loyalty program",
    "Contract value", "Renewal date", "Churn rate", "NPS", "Industry 2", "Notes 2", "Business Name 2", "Column 1",
    "Unnamed: 0", "x", "1", "", "  ", "???", "漢字", "a" * 500,
]  # fmt: skip
NEVER_LEADS = [
    "Company owner", "Account Owner", "Lead Owner", "Organization - Owner", "Sales Owner", "Owner", "Owner name",
    "Deal owner", "Contact owner 2", "Co-owner", "Owner (sales)", "Sales Rep", "Sales rep name", "Assigned rep",
    "Assigned sales rep", "Sales executive", "Rep", "Account manager", "Salesperson", "Sales contact", "HubSpot Owner",
]  # fmt: skip


@pytest.mark.parametrize(("field", "header"), [(field, header) for field in MEANT for header in MEANT[field]])
def test_a_header_that_is_nearly_known_is_suggested(field: str, header: str) -> None:
    found = Suggester(PACK).suggest(header, (), ())
    assert found is not None
    assert found.field == field
    assert found.like in PACK.fields[field].columns


@pytest.mark.parametrize("header", MEANS_NOTHING)
def test_a_header_that_means_something_else_is_not(header: str) -> None:
    assert Suggester(PACK).suggest(header, (), ()) is None


@pytest.mark.parametrize("field", ["sales_leader", "sales_reps"])
@pytest.mark.parametrize("header", NEVER_LEADS)
def test_the_users_own_rep_leads_nobody(header: str, field: str) -> None:
    for fed in ((), ("our_rep",)):
        found = Suggester(PACK).suggest(header, ("Dana", "Owner", "3"), fed)
        assert found is None or found.field != field


@pytest.mark.parametrize("header", ["Total headcount", "Headcount", "Headcount (total)", "Total employees", "Team size",
                                    "Company size", "FTE", "Employees", "Number of staff", "Total staff"])  # fmt: skip
@pytest.mark.parametrize("fed", [(), ("employees",)])
def test_the_total_headcount_is_never_the_sales_force(header: str, fed: tuple[str, ...]) -> None:
    small = replace(PACK, fields={key: field for key, field in PACK.fields.items() if key != "employees"})
    for pack in (PACK, small):
        found = Suggester(pack).suggest(header, ("12", "5"), fed)
        assert found is None or found.field != "sales_reps"


def test_a_header_of_a_field_that_has_its_column_means_no_other() -> None:
    suggester = Suggester(PACK)
    found = suggester.suggest("Sector of industry", (), ())
    assert found is not None
    assert suggester.suggest("Sector of industry", (), (found.field,)) is None


def test_a_header_that_two_fields_resemble_alike_is_not_suggested() -> None:
    pack = parse_pack("""
pack: {name: twins}
fields:
  one: {type: number, columns: [northern shop]}
  two: {type: number, columns: [shop staff]}
scorecards: {fit: {criteria: {a: {when: {one: 3, two: 4}, points: 1, required: true}}, bands: {A: {at_least: 0}}}}
""")
    assert Suggester(pack).suggest("Northern shop crew", (), ()) is not None
    assert Suggester(pack).suggest("Northern shop staff", (), ()) is None


@given(st.text(max_size=40))
def test_any_header_can_be_looked_at(header: str) -> None:
    found = Suggester(PACK).suggest(header, (), ())
    assert found is None or 80 <= found.score <= 100


# -- mapping files -----------------------------------------------------------------------------------------------

ODD_HEADERS = ['a "quoted" one', "it's = this", "tab\tnew\nline\r\n", "back\\slash \\u0041", "ünï 漢字 🙂", "#", "[x]",
               "\x00\x01\x1f\x7f\x85\u2028", "  spaces  ", "'''", '"""', "a.b", "-"]  # fmt: skip


@pytest.mark.parametrize("header", ODD_HEADERS)
def test_a_mapping_comes_back_as_it_was_written(header: str, tmp_path: Path) -> None:
    mapping = {"sales_reps": header, header: "x", "b": "y"}
    write_map(tmp_path / "map.toml", mapping)
    assert read_map(tmp_path / "map.toml") == mapping
    assert list(read_map(tmp_path / "map.toml")) == list(mapping)


@given(st.dictionaries(st.text(), st.text().filter(str.strip)))
def test_every_mapping_comes_back(mapping: dict[str, str]) -> None:
    import tomllib

    assert tomllib.loads(map_text(mapping)) == mapping


def test_a_mapping_file_says_what_it_is_and_may_be_written_by_hand(tmp_path: Path) -> None:
    assert map_text({"a": "b"}) == '# psm-qualify: field = column header. Use it with --map-file.\n"a" = "b"\n'
    path = tmp_path / "map.toml"
    path.write_bytes(b'\xef\xbb\xbf# mine\r\nsales_reps = \'Team "A"\'\r\n\r\nname="Firm" # who\r\n')
    assert read_map(path) == {"sales_reps": 'Team "A"', "name": "Firm"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"a = 1", "line 1: 'a' needs a column header in quotes"),
        (b'# x\nb = "y"\na = [\n1]\n', "line 4: 'a' needs"),
        (b'\na.b = "x"', "line 2: 'a' needs"),
        (b'[sales]\nreps = "x"\n', "line 1: 'sales' needs"),
        (b'a = "  "', "line 1: 'a' needs"),
        (b"name,reps\n1,2\n", "line 1: this is no mapping file"),
        (b'x = "y"\n\na = "b\n', "line 3: this is no mapping file"),
        (b'a = "x"\na = "y"', "this is no mapping file"),
        (b"a = \"\xff\"", "not UTF-8"),
        (b"PK\x03\x04\x00", "this is no mapping file"),
        (b"#" * (1 << 21), "too long"),
    ],
)  # fmt: skip
def test_a_bad_mapping_file_is_told_with_its_line(text: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_bytes(text)
    with pytest.raises(InputError) as error:
        read_map(path)
    assert str(error.value).startswith(str(path))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_mapping_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_map(tmp_path / "none.toml")
    with pytest.raises(InputError, match="directory"):
        read_map(tmp_path)
    with pytest.raises(OutputError, match="can't be written"):
        write_map(tmp_path / "none" / "map.toml", {"a": "b"})


# -- what is shown -----------------------------------------------------------------------------------------------


def table(found: Survey, width: int, out: Path) -> list[str]:
    render_table(found, Target(out, width=width))
    return out.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("width", [80, 160])
def test_the_table_is_the_golden_one(width: int, ugly: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = "\n".join(table(survey("list.csv", SMALL), width, tmp_path / "out.txt")) + "\n"
    golden = GOLDEN / f"fields-{width}.txt"
    if os.environ.get("PSM_QUALIFY_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 79, 80, 119, 120, 160, 240])
def test_every_line_fits_and_nothing_unescaped_is_shown(width: int, tmp_path: Path) -> None:
    long = f"{'漢字' * 40} \x1b[31m\u202e {'x' * 300}"
    path = written(tmp_path, f'{long},name,"{long} Sales",sales reps,Head of salse {"x" * 40},Saels\treps\n'
                             f'{long},{long},{long},"{long}",owner,3\n')  # fmt: skip
    lines = table(survey(path, PACK), width, tmp_path / "out.txt")
    assert len(lines) > 10
    assert [line for line in lines if cell_len(line) > width] == []
    assert not any(char in line for line in lines for char in "\x1b\u202e\t")


@pytest.mark.parametrize("width", [80, 160])
def test_the_columns_are_aligned(width: int, tmp_path: Path) -> None:
    path = written(tmp_path, "name,sales reps,漢字,Very long header that nobody claims at all,Fax\n" + "a,3,,x,y\n" * 3)
    shown = table(survey(path, SMALL), width, tmp_path / "out.txt")
    lines = [line for line in shown if re.search(r" all( |$)", line)]
    assert len(lines) == 4
    assert len({cell_len(line[: line.rindex(" all")]) for line in lines}) == 1


def test_the_shown_options_do_what_they_say(ugly: Path, tmp_path: Path) -> None:
    found = survey(ugly, PACK)
    lines = table(found, 200, tmp_path / "out.txt")
    shown = [line.strip() for line in lines if line.startswith("  --map")]
    assert shown == map_options(found.suggested)
    given_ = [word for line in shown for word in shlex.split(line)]
    document = json.loads(done("fields", str(ugly), *given_, "--json"))
    assert found.suggested.items() <= document["mapping"].items()
    copied = [line for line in lines if line.startswith('  "')]
    path = written(tmp_path, "\n".join(copied), "map.toml")
    assert read_map(path) == found.suggested


def test_a_header_that_a_shell_would_take_apart_is_quoted_and_one_that_can_not_be_shown_left_out() -> None:
    assert map_options({"a": "it's $HOME; rm", "b": "esc \x1b"}) == ["--map 'a=it'\"'\"'s $HOME; rm'"]


def test_json_holds_what_the_survey_holds(ugly: Path, tmp_path: Path) -> None:
    found = survey(ugly, PACK)
    render_json(found, Target(tmp_path / "out.json"))
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    (file,) = document["files"]
    assert (document["schema"], document["pack"]["name"], document["mapping"]) == (1, "psm", dict(found.mapping))
    assert document["suggested"] == dict(found.suggested)
    assert (file["file"], file["format"], file["encoding"], file["rows"]) == (str(ugly), "csv", "UTF-8", 6)
    employees = next(one for one in file["fields"] if one["field"] == "employees")
    assert (employees["filled"], employees["understood"], employees["column"]) == (6, 4, "No. of Employees")
    assert employees["samples"][0] == {"text": "11-50", "read": "11 to 50", "count": 1}
    assert employees["not_understood"][0]["places"][0] == {"file": str(ugly), "row": 3, "line": 4}
    salesmen = next(one for one in file["unclaimed"] if one["column"] == "Salesmen")
    assert salesmen["suggestion"]["field"] == "sales_reps"
    blank = next(one for one in file["unclaimed"] if not one["column"])
    assert (blank["position"], blank["filled"], blank["suggestion"]) == (10, 1, None)
    assert [one["field"] for one in document["missing"]] == [one.field for one in found.missing]


# -- the command -------------------------------------------------------------------------------------------------


def test_a_kept_mapping_works_next_time(ugly: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    result = command("fields", str(ugly), "--map", "sales_reps=Salesmen", "--save-map", str(kept), "--json")
    assert result.returncode == 0
    assert json.loads(result.stdout)["mapping"] == read_map(kept)
    assert str(kept) in result.stderr.decode()
    again = json.loads(done("fields", str(ugly), "--map-file", str(kept), "--format", "json"))
    assert again["mapping"] == read_map(kept)
    over = json.loads(
        done("fields", str(ugly), "--map-file", str(kept), "--map", "sales_reps=No. of Employees", "--json")
    )
    assert over["mapping"]["sales_reps"] == "No. of Employees"


def test_standard_input_and_several_files(ugly: Path) -> None:
    document = json.loads(done("fields", "-", str(ugly), "--json", stdin=b"name\tFax\nAnn\t1\n"))
    assert [(file["file"], file["rows"]) for file in document["files"]] == [("-", 1), (str(ugly), 6)]
    assert "Ann" in done("fields", "-", stdin=b"name,Fax\nAnn,1\n", env={"COLUMNS": "80"})


def test_what_the_options_of_reading_do(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('name,stay length\nZoë,"1,5"\n'.encode("cp1252"))
    document = json.loads(done("fields", str(path), "--encoding", "cp1252", "--decimal", "comma", "--json"))
    assert document["files"][0]["fields"][0]["samples"][0]["text"] == "Zoë"
    assert document["files"][0]["fields"][1]["samples"][0]["read"] == "1.5 years"
    nested = written(tmp_path, '{"a": [{"x": 1}], "b": [{"name": "Ann"}]}', "list.json")
    document = json.loads(done("fields", str(nested), "--records", "b", "--no-infer", "--json"))
    assert document["mapping"] == {"name": "name"}
    assert all(one["inferred_from"] == [] for one in document["missing"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "xml"], "there is no such format"),
        (["--format", "table", "--json"], "exclude one another"),
        (["--decimal", "dot"], "--decimal dot"),
        (["--map", "sales_reps"], "write it as NAME=VALUE"),
        (["--map", "nothing=Fax"], "no field 'nothing'"),
        (["--map-file", "none.toml"], "none.toml"),
        (["--save-map", "none/map.toml"], "there is no folder"),
        (["--rules", "none.yaml"], "none.yaml"),
    ],
)
def test_wrong_usage_is_refused(options: list[str], said: str, ugly: Path) -> None:
    assert said in refused("fields", str(ugly), *options)


def test_the_list_is_never_written_over(ugly: Path) -> None:
    assert "is read; name another file" in refused("fields", str(ugly), "--save-map", str(ugly))
    assert ugly.read_text(encoding="utf-8") == UGLY


def test_known_headers_need_no_suggestion() -> None:
    known = {squash(header) for field in PACK.fields.values() for header in field.columns}
    assert [header for own in MEANT.values() for header in own if squash(header) in known] == []
