"""The rules of `reference.yaml`, as somebody writes them down who has no rule files: words, patterns and limits."""

from __future__ import annotations

from math import inf

INPUT = {
    "id": "Record ID", "name": "Company", "sales_reps": "Salespeople", "sales_leader": "Sales Leader",
    "goal_attainment": "Goal Attainment", "goals_realistic": "Goals Realistic", "offering": "Offering",
    "years_in_business": "Years in Business", "asks_for_advice": "Asks for Advice", "annual_revenue": "Annual Revenue",
    "industry": "Industry", "notes": "Notes",
}  # fmt: skip
"""Field -> the header of its column."""

OUTPUT = (
    "Record ID", "Company", "psm_rank", "psm_verdict", "psm_provisional", "psm_fit_score", "psm_fit_potential",
    "psm_fit_known", "psm_fit_band", "psm_relationship_score", "psm_relationship_potential", "psm_relationship_known",
    "psm_relationship_band", "psm_fit_small_sales_force", "psm_fit_leadership_gap", "psm_fit_team_to_manage",
    "psm_fit_established", "psm_fit_affordable", "psm_relationship_advice", "psm_relationship_clientele",
    "psm_relationship_loyalty",
)  # fmt: skip
"""The columns of the result: those of the tool, without its marks on duplicates."""

UNKNOWN = frozenset((
    "n/a", "#n/a", "na", "nan", "null", "nil", "none", "--none--", "unknown", "not known", "not available",
    "not specified", "not provided", "[not provided]", "(no value)", "(blank)", "tbd", "tba", "select",
))  # fmt: skip

# -- limits, all inclusive -----------------------------------------------------------------------------------------

SMALL = (1, 6)
TEAM = (3, 6)
PAIR = (2, 2)
NOT_EXCEEDED = (-inf, 100)
ESTABLISHED = (3, inf)
AFFORDABLE = (500_000, 20_000_000)

# -- words ---------------------------------------------------------------------------------------------------------

NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
SALES_UNITS = ("reps", "people", "salespeople")
ATTAINMENT_WORDS = {
    "exceeds": ">100%", "exceeded": ">100%", "on target": "100%", "misses": "<100%", "missed": "<100%",
}  # fmt: skip
YES = ("yes", "y", "true", "1")
NO = ("no", "n", "false", "0")
REALISTIC_YES, REALISTIC_NO = (*YES, "realistic"), (*NO, "too high")
ADVICE_YES, ADVICE_NO = (*YES, "often", "always"), (*NO, "rarely", "want information")

LEADERS = {
    "nobody": ("nobody", "no one", "unmanaged", "vacant", "none", "no sales manager"),
    "non_sales_professional": ("non_sales_professional", "ceo", "office manager", "president"),
    "sales_professional": ("sales_professional", "head of sales", "chief revenue officer"),
}
LEADER_PATTERNS = {
    "nobody": r"\bself[- ]managed\b",
    "non_sales_professional": r"\b(?:co-?)?(?:owner|founder)\b",
    "sales_professional": r"\b(?:vp|director)(?: of)? sales\b|\bsales (?:manager|director)\b",
}
GAP_LEADERS = ("nobody", "non_sales_professional")
OFFERINGS = {
    "services": ("services", "service", "consulting", "saas", "software"),
    "goods": ("goods", "products", "product", "retail"),
    "both": ("both", "products & services"),
}
CLIENT_TRADES = ("law", "accounting", "insurance", "consulting", "financial", "agency", "dental")
CLIENT_TRADE = rf"\b(?:{'|'.join(CLIENT_TRADES)})\b"
LOYAL_PHRASES = ("repeat clients", "referrals", "trusted advisor")
_BETWEEN = r"[\W_]"
LOYALTY = rf"(?:^|{_BETWEEN})(?:{'|'.join(LOYAL_PHRASES).replace(' ', _BETWEEN + '+')})(?:{_BETWEEN}|$)"

# -- suffixes ------------------------------------------------------------------------------------------------------

THOUSANDS = {"k": 1e3}
MONEY = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mm": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9}
PER_YEAR = {1: ("years", "yrs", "year", "yr", "y"), 12: ("months", "month", "mths", "mth", "mos", "mo"),
            52: ("weeks", "week", "wks", "wk"), 365: ("days", "day", "d")}  # fmt: skip
PERCENT = ("%", "percent")
CURRENCY = (
    r"(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]"
    r"|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk)"
)

# -- bounds --------------------------------------------------------------------------------------------------------

ABOUT = ("~", "about")
AT_LEAST = (">=", "≥", "at least", "+", "or more")
MORE_THAN = (">", "more than", "over")
AT_MOST = ("<=", "≤", "at most", "up to", "or fewer", "or less")
LESS_THAN = ("<", "less than", "fewer than", "under")
AFTER = ("+", "or more", "or fewer", "or less")
