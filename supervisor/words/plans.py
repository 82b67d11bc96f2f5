"""Sentences of planned visits and of visits recorded from paper."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by error code, in the language in force, places unfilled."""
    return {
        "plan_number_unknown": tr("There is no standing plan {number}."),
        "plan_changed": tr("Somebody changed this plan meanwhile. Look at it again."),
        "plan_blocked": tr("Blocked by a rule: {rules}."),
        "plan_blocked_until": tr("Blocked by a rule until {free}: {rules}."),
        "plan_nothing_overdue": tr("Nothing is overdue: no visit is needed."),
        "plan_day_past": tr("The day has passed."),
        "plan_nobody": tr("Nobody is named to go."),
        "plan_minutes_bad": tr("A visit takes from 10 to 240 minutes."),
        "plan_after_hours": tr("This visit would end after {latest}."),
        "plan_so_already": tr("It is planned like this already."),
        "plan_other_branch": tr("The plan belongs to another branch."),
        "plan_under_way": tr("The visit is under way."),
        "plan_reason_missing": tr("Say why."),
        "notice_in_future": tr("The notice lies in the future."),
        "notice_after_visit": tr("The notice lies after the visit."),
        "device_unknown": tr("There is no such device in this branch."),
        "device_not_active": tr("The device is out of service."),
        "equip_nothing": tr("Name a second person or a device."),
        "visit_in_future": tr("The visit lies in the future."),
        "visit_backwards": tr("The visit ends before it begins."),
        "visit_reported_already": tr("A visit was reported for this plan already."),
        "visit_plan_other_case": tr("The plan belongs to another case."),
        "visit_promise_half": tr("A promise has an amount and a day."),
        "visit_promise_past": tr("The promised day lies before the visit."),
        "visit_nobody_met": tr("Nobody was met: there is no talk to report."),
    }
