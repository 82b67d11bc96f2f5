"""Sentences of rule packs and working days: what is wrong in a pack, in facts, or in a change."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by error code, in the language in force, places unfilled."""
    return {**_packs(), **_values(), **_facts(), **_changes(), **_calendar()}


def _packs() -> dict[str, str]:
    return {
        "pack_unknown": tr("There is no rule pack {id}. Known packs: {known}."),
        "pack_has_problems": tr(
            "The rule pack {path} has {count} problems. List them with: supervisor rules check."
        ),
        "pack_syntax": tr("The file is neither TOML nor JSON: {why}"),
        "pack_not_a_table": tr("A table is needed here."),
        "pack_key_missing": tr("{key} is missing."),
        "pack_key_unknown": tr("There is no setting {key} here."),
        "pack_document_twice": tr("The document {id} stands here twice."),
        "pack_document_unknown": tr("The pack has no document {id}."),
        "pack_version_twice": tr("Version {version} of {id} stands here twice."),
        "pack_versions_overlap": tr(
            "Version {version} of {id} begins before the one before it has ended."
        ),
        "pack_days_backwards": tr("The last day lies before the first."),
        "pack_subject_unchecked": tr("No check is made for {subject}."),
        "pack_subject_not_of_rule": tr("The rule is not made for {subject}."),
        "pack_check_key_twice": tr("Two checks are called {key}. Give each a key of its own."),
        "pack_kind_unknown": tr("There is no kind of check {value}. Known kinds: {known}."),
        "pack_field_unknown": tr("There is no fact {field} of a {subject}."),
        "pack_field_unfit": tr("The fact {field} is not of a type this check can read."),
        "pack_bound_missing": tr("At least one of these is needed: {known}."),
        "pack_zone_unknown": tr("There is no time zone {value}."),
        "pack_parameter_unknown": tr("The rule has no parameter {key}."),
        "pack_parameter_unused": tr("No check uses the parameter {key}."),
        "pack_parameter_bad": tr("{value} cannot be a parameter."),
        "pack_parameter_two_types": tr("The parameter {key} is used for two different things."),
        "pack_words_place": tr("{key} has braces that name no parameter of the rule."),
        "pack_limit_missing": tr("limits must say between which values {key} may be set."),
        "pack_limit_bad": tr("The limits of {key} are not a lowest and a highest value."),
        "pack_limit_exceeded": tr("{key}: {value} lies outside its limits."),
        "pack_rule_elsewhere": tr("The rule {id} belongs to the pack {pack} already."),
        "pack_not_newer": tr(
            "The house has version {version} of this pack. Give the file a higher version."
        ),
        "pack_alters_past": tr(
            "{id} would judge days that have passed otherwise. Leave its versions as they are, "
            "and let a new one begin today or later."
        ),
        "pack_too_large": tr("The file {path} is too large for a rule pack."),
        "pack_not_taken": tr("The file was not taken: it has {count} problems."),
    }


def _values() -> dict[str, str]:
    return {
        "pack_text_bad": tr("{key} must be a text on one line that is neither empty nor too long."),
        "pack_number_bad": tr("{key}: {value} is not a whole number between {least} and {most}."),
        "pack_flag_bad": tr("{key}: {value} is neither true nor false."),
        "pack_day_bad": tr("{key}: {value} is not a date. Write it as 2026-11-23."),
        "pack_code_unknown": tr("{value} is not known here. Known: {known}."),
        "pack_list_bad": tr("{key} must be a list of at least {least}."),
        "pack_setting_whole_bad": tr("{key}: {value} is not a whole number that fits."),
        "pack_setting_time_bad": tr("{key}: {value} is not a time of day. Write it as 08:00."),
        "pack_setting_tick_bad": tr("{key}: {value} is neither yes nor no."),
        "pack_setting_codes_bad": tr("{key}: {value} is not a list of codes."),
        "pack_setting_reasons_bad": tr("{key}: {value} is not a list of reasons for a hold."),
        "pack_setting_where_bad": tr("{key}: {value} is not a list of conditions."),
        "pack_setting_days_bad": tr("{key}: {value} is not a list of dates."),
    }


def _facts() -> dict[str, str]:
    return {
        "fact_not_json": tr("The line is not JSON."),
        "fact_not_an_object": tr("The line is not a JSON object."),
        "fact_kind_unknown": tr(
            "There is no kind {value}. Known: visit, plan, contact, agency, record, house."
        ),
        "fact_kind_not_plan": tr("Only planned visits can be checked here, not a {value}."),
        "fact_unknown": tr("{key} is not a known fact of a {kind}."),
        "fact_unknown_near": tr("{key} is not a known fact of a {kind}. Is {near} meant?"),
        "fact_value_bad": tr("{key}: {value} cannot be read."),
        "fact_days_differ": tr("on and {key} name different days; {key} is on {day}."),
        "fact_day_missing": tr("The day is not known: give on or {key}."),
        "facts_none": tr("The file {path} holds no lines."),
    }


def _changes() -> dict[str, str]:
    return {
        "change_unreadable": tr("The change of a rule cannot be read: look at {key}."),
        "change_in_past": tr("A change cannot count from {day}: that day has passed."),
        "change_without_reason": tr("A change of a rule needs a reason."),
        "change_rule_unknown": tr("There is no rule {id}."),
        "change_rule_not_in_force": tr("No version of {id} is in force on {day}."),
        "change_changes_nothing": tr("The rule {id} is like that already."),
        "change_parameter_unknown": tr("The rule {id} has no parameter {key}."),
        "change_out_of_bounds": tr(
            "{key} of {id} cannot be set to that. What its text allows: {bounds}."
        ),
    }


def _calendar() -> dict[str, str]:
    return {
        "calendar_without_reason": tr("A change of working days or hours needs a reason."),
        "calendar_not_readable": tr(
            "The file cannot be read as working days. Write [2027], then rest and work as lists of "
            'days such as "10-01". {reason}'
        ),
        "calendar_year_bad": tr("There are no working days of {year} to set."),
        "calendar_day_twice": tr("{day} cannot be a day of rest and a make-up day."),
        "calendar_day_elsewhere": tr("{day} is not in {year}."),
        "calendar_too_many": tr("More than {most} days of {year} differ from Monday to Friday."),
        "calendar_so_already": tr("The working days and hours are like that already."),
        "office_hours_bad": tr("Office hours are written as 09:00 and 18:00, at least an hour."),
        "calendar_for_all_branches": tr("Working days count for all branches; you have some."),
        "aims_not_yours": tr("Managers and administrators set targets and the cap of cases."),
        "aims_so_already": tr("Nothing was changed."),
        "calendar_not_yours": tr("Administrators set working days and hours."),
    }
