"""What the note reader found and why, in sentences; `{words}` is what the note says."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by reason code, in the language in force, places unfilled."""
    return {**_refusals(), **_conflicts(), **_borrower_side(), **_conduct(), **_lines()}


def _refusals() -> dict[str, str]:
    return {
        "note_would_not_open": tr("Somebody would not open or let us in: “{words}”."),
        "note_not_opened_though_present": tr(
            "Somebody inside knew it was us and did not open: “{words}”."
        ),
        "note_shut_the_door": tr("The door was shut on us: “{words}”."),
        "note_walked_off": tr("The person avoided us and left: “{words}”."),
        "note_declined_to_talk": tr("Talking was declined: “{words}”."),
        "note_told_us_to_leave": tr("We were told to leave: “{words}”."),
        "note_hung_up_on_us": tr("The call was cut or we were blocked: “{words}”."),
        "note_put_us_off": tr("Put off without another time or channel: “{words}”."),
        "note_turned_away_by_proxy": tr("Somebody turned us away on instruction: “{words}”."),
        "note_only_through_lawyer": tr("Only a lawyer may be spoken to: “{words}”."),
        "note_hid_whereabouts": tr("The whereabouts were kept from us: “{words}”."),
        "note_will_not_pay": tr("The person says outright that they will not pay: “{words}”."),
    }


def _conflicts() -> dict[str, str]:
    return {
        "note_insults": tr("Insults or curses: “{words}”."),
        "note_shouting": tr("Somebody was shouted at: “{words}”."),
        "note_quarrel": tr("A quarrel: “{words}”."),
        "note_blows": tr("Pushing, grabbing or blows: “{words}”."),
        "note_things_thrown": tr("Things were thrown or smashed: “{words}”."),
        "note_armed": tr("Somebody took up a weapon or tool: “{words}”."),
        "note_dog_set_on_us": tr("A dog was set on us: “{words}”."),
        "note_threat_of_harm": tr("Harm was threatened: “{words}”."),
        "note_rage": tr("Somebody lost their temper: “{words}”."),
        "note_wording": tr("The wording of the passage points to it: “{words}”."),
    }


def _borrower_side() -> dict[str, str]:
    return {
        "note_complaint": tr("A complaint was made or announced: “{words}”."),
        "note_regulator": tr("An authority or the media were brought in: “{words}”."),
        "note_asked_for_numbers": tr("Our numbers or a complaint line were asked for: “{words}”."),
        "note_will_sue": tr("Legal steps against us, or a claim of wrongdoing: “{words}”."),
        "note_lawyer": tr("A lawyer was engaged: “{words}”."),
        "note_police": tr("Police were called or came: “{words}”."),
        "note_self_harm": tr("Words or acts of self-harm: “{words}”."),
        "note_injury": tr("Somebody was hurt or needed medical help: “{words}”."),
        "note_damage": tr("Property was damaged: “{words}”."),
        "note_borrower_died": tr("The borrower appears to have died: “{words}”."),
        "note_already_settled": tr("The loan appears to be settled already: “{words}”."),
    }


def _conduct() -> dict[str, str]:
    return {
        "note_told_third_party": tr("A third party learnt of the debt: “{words}”."),
        "note_posted": tr("Debt papers could be read in public: “{words}”."),
        "note_quiet_hours": tr("A visit between 22:00 and 08:00: “{words}”."),
        "note_entered_without_consent": tr("Entry without consent: “{words}”."),
        "note_blocked_door": tr("A door was blocked, kicked or forced: “{words}”."),
        "note_followed": tr("Somebody was followed or held up: “{words}”."),
        "note_stayed_on": tr("We stayed after being told to leave: “{words}”."),
        "note_impersonated": tr("Another identity was pretended: “{words}”."),
        "note_false_law": tr("False or exaggerated legal consequences: “{words}”."),
        "note_our_threat": tr("Our side threatened or humiliated somebody: “{words}”."),
        "note_our_insult": tr("Our side insulted or touched somebody: “{words}”."),
        "note_took_property": tr("Property or papers were taken or held: “{words}”."),
        "note_cash_or_private_account": tr("Cash without receipt or a private account: “{words}”."),
        "note_unapproved_waiver": tr("A waiver was promised without approval: “{words}”."),
        "note_used_their_phone": tr(
            "The customer's phone was used, or borrowing elsewhere urged: “{words}”."
        ),
        "note_non_obligor_pressed": tr("Somebody who owes nothing was pressed: “{words}”."),
        "note_photographed": tr("People or a home were photographed untold: “{words}”."),
        "note_illegal_data": tr("Data from a doubtful source: “{words}”."),
        "note_child_used": tr("A child or a school was drawn in: “{words}”."),
        "note_sick_bed_or_funeral": tr("Collection at a sick-bed or funeral: “{words}”."),
        "note_wrong_person": tr("The debt was told to the wrong person: “{words}”."),
    }


def _lines() -> dict[str, str]:
    return {
        "note_line_not_json": tr("This is not a JSON object."),
        "note_line_no_id": tr("The line has no id."),
        "note_line_no_text": tr("The line has no text."),
    }
