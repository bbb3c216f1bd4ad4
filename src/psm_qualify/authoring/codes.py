"""What every code means: those of the checks, and those of what keeps a pack from loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from psm_qualify.authoring.review.registry import CHECKS
from psm_qualify.errors import Severity, UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code in one line, and at length: why it is told and what to do."""

    code: str
    severity: Severity
    summary: str
    text: str


def explain(code: str) -> Explanation:
    """The explanation of a code, however its letters are written. Raises UsageError where there is no such code."""
    found = EXPLANATIONS.get(code.strip().strip("[]").casefold())
    if found is None:
        raise UsageError(f"--explain {code}: there is no such code; {did_you_mean(code, tuple(EXPLANATIONS))}")
    return found


_LOADING: Mapping[str, tuple[str, str]] = {
    # -- the file --------------------------------------------------------------------------------------------------
    "not-utf-8": (
        "The file is not UTF-8 text.",
        "Rule files are UTF-8, so that every letter means the same everywhere. Save the file as UTF-8 in your editor."),
    "not-text": (
        "The file is no text file.",
        "Documents of a word processor, workbooks and archives hold more than their text, whatever they are called. "
        "Save the rules as plain text (UTF-8) under a name that ends in .yaml."),
    "yaml": (
        "The file can't be read as YAML.",
        "Nothing can be said about the rules before the file is readable. Most often a text wants quotes (inside {…} "
        "and […] YAML splits at commas and stumbles over `?`), a line is indented with a tab or not like its "
        "neighbours, or a quote is not closed, here or in the line above."),
    "tab": (
        "A line is indented with a tab.",
        "YAML takes spaces only, since a tab is as wide as each editor likes. Let your editor write spaces."),
    "indentation": (
        "A line is indented so that it belongs to nothing, or to the wrong thing.",
        "What belongs to a key stands further in than the key, and what stands side by side begins in one column."),
    "no-colon": (
        "A line or part of one has no colon.",
        "Nearly everything in a rule file is `key: value`, with a colon and a space between."),
    "no-key": (
        "A colon has no key before it.",
        "Write the name that belongs there, or take the colon out."),
    "no-space": (
        "There is no space behind a colon or a dash.",
        "YAML takes `key:value` and `-item` for one word. Put a space in between."),
    "no-dash": (
        "A list item begins with another sign than a dash.",
        "Word processors make lists with •, — or numbers. In YAML each item begins with a dash and a space."),
    "merge-conflict": (
        "Lines of a merge conflict stand in the file.",
        "Where two versions of a file clash, git writes both into it, between <<<<<<<, ======= and >>>>>>>. Keep one "
        "of them, or join them, and take these lines out."),
    "unclosed-quote": (
        "A quote is opened and not closed in its line.",
        "Everything behind it would be one text. Close it where the text ends. An apostrophe at the beginning of a "
        "text opens a quote, too."),
    "text-after-quote": (
        "Text goes on behind the quote that closed it.",
        "Quotes go around the whole text. One of the same kind in it ends it too early: put the other kind around."),
    "backslash": (
        "A backslash between double quotes begins no escape that YAML knows.",
        "Between \" and \" a backslash is written twice. Between ' and ' it is a plain sign, which suits patterns."),
    "unclosed-bracket": (
        "A bracket is not closed, or closes nothing.",
        "Each [ has its ] and each { its }. A # behind a space begins a remark: a bracket behind it does not count."),
    "needs-quotes": (
        "A text wants quotes.",
        "Some signs mean something to YAML: `: ` within a text, { [ & * ! % @ and others at its beginning, and commas "
        "inside {…} and […]. Put quotes around the whole text."),
    "smart-quotes": (
        "Quotes come from a text document.",
        "Word processors turn quotes into curved ones, which YAML takes for letters. Type plain ones, \" or '."),
    "invisible-character": (
        "A sign that can't be seen stands in the file.",
        "It came with text that was pasted from a page or document. Delete it, and type a plain space where one "
        "belongs."),
    "tag": (
        "A text begins with an exclamation mark, which YAML takes for a tag.",
        "Rules have no tags. Put quotes around a text that begins with !."),
    "merge-key": (
        "A merge key (<<) stands in the rules.",
        "Rules don't take it: write the keys out, so that each can be seen and found where it stands."),
    "unused-anchor": (
        "A text begins with &, which YAML takes for an anchor.",
        "Its first word would be lost. Put quotes around the text; an anchor that is meant as one, and that nothing "
        "refers to, can go."),
    "split-text": (
        "A text inside {…} was split at its comma.",
        "In {say: Call first, then write} YAML takes what follows the comma for a key of its own. Put quotes around "
        "the whole text."),
    "duplicate-key": (
        "A key stands twice in one mapping.",
        "Only one of the two could count, and which one would be a guess. Take one out, or rename it."),
    "key-not-text": (
        "A key is a list or mapping.",
        "A key is a plain word followed by a colon. A text that begins with {, [ or ? wants quotes."),
    "unknown-alias": (
        "An alias has no anchor.",
        "*name repeats what &name marked before it. A text that merely begins with * wants quotes."),
    "too-deep": (
        "The rules are nested too deep.",
        "No rule needs so many levels. Most often the indentation grows by mistake. Name parts of a condition as "
        "criteria of their own."),
    "too-large": (
        "The file is larger than any rule file needs to be.",
        "Files and the values in them are limited, repetitions by aliases counted, so that a broken file can't stop "
        "the machine. Split the pack into several files of one folder, or take prospects out that got into it."),
    "too-many": (
        "There are more findings than anybody reads at once.",
        "Most of them often have one cause. Mend these, then look again."),
    "second-document": (
        "A second YAML document begins in the file.",
        "A line `---` begins another document. One file holds one part of a pack: take the line out, or make two "
        "files in one folder."),
    "empty-file": (
        "The file holds no rules.",
        "A pack begins with `pack:` and has `fields:` and `scorecards:`. `rules init DIR` writes one to begin with."),
    "not-a-mapping": (
        "The file is a list or a text.",
        "A rule file is a mapping: lines that begin with pack, fields, scorecards or tests, each followed by a colon."),
    # -- keys and values -------------------------------------------------------------------------------------------
    "unknown-key": (
        "There is no such key here.",
        "Either it is misspelt, or it is indented so that it belongs to something else."),
    "missing-key": (
        "A key is missing that must be there.",
        "Add it. If it is there, it may be indented so that it belongs to something else."),
    "bad-value": (
        "A value is not of the kind that its key takes.",
        "The message says what is needed here: a text, a number, yes or no, a list, a mapping, or one of a few words."),
    "defined-twice": (
        "The same thing is defined in two places.",
        "The files of a pack are merged by id, and an id stands for one thing. Take one out or rename it. Where a "
        "later layer is to take the place of what is below it, write `replace: true` in it."),
    "nothing-to-replace": (
        "`replace: true` stands in something that is not in the layers below.",
        "It takes the place of what has the same id. Either the id is misspelt, or there is nothing to replace and the "
        "key can go."),
    "reserved-name": (
        "A name is a word of the rule language.",
        "all, any, not and say join conditions; verdict, provisional, criteria and scorecards stand in what tests "
        "expect. Nothing of the pack can be called by them, since they would be taken for those words."),
    "bad-name": (
        "A name can't be used.",
        "Field names need a letter or digit, by which headers find them. Phrases are called by small letters, digits "
        "and underscores, so that they can stand in a pattern as <name>."),
    # -- fields ----------------------------------------------------------------------------------------------------
    "key-does-not-fit": (
        "A field of this type has no such key.",
        "units go with numbers, choices with type: choice, words with all types but text. Change the type or take the "
        "key out."),
    "no-choices": (
        "A choice field has no choices.",
        "Add `choices:` with a name for each, and the words by which cells say it."),
    "type-of-who": (
        "A field that says who a prospect is has another type than text.",
        "The fields id, name and domain say who a prospect is. They are text, as they stand in the list."),
    "column-claimed-twice": (
        "Two fields claim the same header.",
        "A column feeds one field. Every field is also found under its own name and label. Headers are compared by "
        "their letters and digits, so `Sales-Reps` is `sales reps`."),
    "synonym-claimed-twice": (
        "A synonym stands for two choices.",
        "A cell that says it could mean either. Take it out of one of them. Synonyms are compared by their letters "
        "and digits."),
    "unknown-choice": (
        "There is no such choice.",
        "Rules name a choice by its own name, as it stands under `choices:`."),
    "choice-synonym": (
        "A rule names a choice by a synonym.",
        "Cells may say it in many words, a rule names the choice itself: so it stays true when synonyms change."),
    # -- patterns and inferences -----------------------------------------------------------------------------------
    "bad-pattern": (
        "A pattern can't be used.",
        "Patterns keep to what every engine runs with the same meaning: signs, classes [a-z], groups (?:…), choices "
        "a|b and repetitions. Look-around and back-references are not among them, nor flags: case is ignored anyway. A "
        "pattern that fits the empty text would fit every text. One with repetitions in a repetition, such as "
        r"(\w+ ?)+, can fit a text in so many ways that to try them all never ends: let each repeated part begin with "
        r"a sign that can't stand within it, as in \w+(?: \w+)*. "
        "Between \" and \" a backslash is written twice."),
    "group-in-phrase": (
        "A phrase has a group that catches.",
        "$1 counts the groups of the whole pattern, and one within a phrase would shift them. Write (?:…) for a group "
        "that only holds together."),
    "unknown-phrase": (
        "There is no such phrase.",
        "<name> in a pattern stands for what `phrases:` says under that name. A phrase may use those above it only."),
    "bad-infer": (
        "An inference can't be used.",
        "There are three: {from: [text fields], find: pattern, value: …}, {contacts: pattern} with count or value, "
        "and {at_most: field} between numbers. $1 in a value is what the first group of the pattern caught."),
    # -- conditions ------------------------------------------------------------------------------------------------
    "unknown-field": (
        "There is no such field.",
        "Conditions, inferences and tests name fields by the ids that they have under `fields:`."),
    "mixed-condition": (
        "A condition mixes all, any or not with other tests.",
        "It would not be plain what belongs to what. Put the test into the list: all: [{field: value}, any: […]]."),
    "empty-test": (
        "A test asks nothing of its field.",
        "Write a value, a list of values, or operators such as {at_least: 3}."),
    "empty-range": (
        "Nothing can lie between the two ends.",
        "`between` takes the lower end first; both ends belong to the range."),
    "operator-does-not-fit": (
        "An operator can't be asked of a field of this type.",
        "Bounds go with numbers, mentions and matches with text. is, is_not, one_of, none_of and known go with all."),
    "bad-literal": (
        "A value can't be read as what its field holds.",
        "Values of rules are read as cells are. What would be unknown or not understood in a cell can't stand in a "
        "rule."),
    "percent-sign": (
        "A percent in a rule has no sign.",
        "0.8 could be 80 % or 0.8 %, so in rules the sign is required."),
    "not-plain": (
        "A bound is a range.",
        "at_least, at_most, more_than, less_than and between compare with single values. To ask for a range, write "
        "`is`, or `between` with both ends."),
    "when-or-levels": (
        "A criterion has neither or both of `when` and `levels`.",
        "Either when with points, or levels that each have their own when and points."),
    "unknown-outcome": (
        "Advice waits for an outcome that its criterion does not have.",
        "when is met, not met or unknown, or the name (say) of one of the ways or levels of the criterion."),
    # -- scorecards and tests --------------------------------------------------------------------------------------
    "unknown-scorecard": (
        "There is no such scorecard.",
        "rank_by and tests name scorecards by the ids that they have under `scorecards:`. A later layer adds to one by "
        "its id; a new one has bands of its own."),
    "unknown-band": (
        "There is no such band.",
        "A test expects one of the bands of the scorecard, or unknown, which is what too little evidence gives."),
    "unknown-criterion": (
        "There is no such criterion.",
        "A test names a criterion by its id, or as scorecard.criterion where two scorecards have one of that name."),
    "empty-expectation": (
        "A test expects nothing.",
        "It could not fail. Write what must come out: a verdict, a band, or how criteria come out."),
    "nothing-required": (
        "No criterion of the primary scorecard is required.",
        "The verdict comes from the required criteria of the first scorecard in rank_by. Without any, everybody would "
        "qualify."),
    "no-points": (
        "No answer can change the score.",
        "The least and the most that the criteria can give are the same, so there is no scale from 0 to 100."),
    "same-bound": (
        "Two bands begin at the same score.",
        "A band reaches from its at_least up to that of the next higher one, so one of the two would be empty. "
        "Otherwise bands can neither overlap nor leave a gap."),
    "lowest-band": (
        "The lowest band does not begin at 0.",
        "A score below it would have no band."),
    "band-unknown": (
        "A band is called unknown.",
        "That is what a scorecard says where less is known than its min_known."),
}  # fmt: skip

EXPLANATIONS: Mapping[str, Explanation] = {
    **{code: Explanation(code, "error", summary, text) for code, (summary, text) in _LOADING.items()},
    **{check.code: Explanation(check.code, check.severity, check.summary, check.explanation) for check in CHECKS},
}
"""By code."""
