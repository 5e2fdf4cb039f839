"""The order in which the rules set right what the learned layer says of candidates: first those of whole texts that
drop what is only part of another, then status and roles of each candidate, then what needs all of a text again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from processors.coder.judged import PLAIN, Judged
from processors.coder.rules.answers import read_answered
from processors.coder.rules.asides import leave_asides, leave_homes
from processors.coder.rules.backdrop import leave_backdrop
from processors.coder.rules.blame import name_doer, set_charges
from processors.coder.rules.buyers import drop_exempted, turn_buyers
from processors.coder.rules.bystanders import leave_bystanders
from processors.coder.rules.cancelled import keep_to_cancelled
from processors.coder.rules.clause_dates import keep_to_clause
from processors.coder.rules.conditions import leave_conditions, note_condition, suppose
from processors.coder.rules.corrections import keep_to_calendar, keep_to_negation, keep_to_question, note_peaceful
from processors.coder.rules.course import keep_to_course, read_resumed
from processors.coder.rules.denials import keep_to_denial, keep_to_disowned, keep_to_intent
from processors.coder.rules.encounters import read_encounters
from processors.coder.rules.endings import keep_to_end
from processors.coder.rules.far_subjects import name_told, share_object, turn_expelled, turn_joined, turn_prompted
from processors.coder.rules.fronted import read_fronted, spare_critics
from processors.coder.rules.gaps import share_verb
from processors.coder.rules.goods import drop_goods
from processors.coder.rules.measures import set_measures
from processors.coder.rules.mutual import join_drills, note_mutual
from processors.coder.rules.naming import drop_named, name_condemned, name_criticised
from processors.coder.rules.nearness import keep_to_distance
from processors.coder.rules.orders import note_order
from processors.coder.rules.private import leave_out
from processors.coder.rules.readiness import keep_to_readiness
from processors.coder.rules.reduced import turn_reduced
from processors.coder.rules.refusals import name_refused, name_refuser, note_no_talks
from processors.coder.rules.relative import read_about, read_relative, read_whom
from processors.coder.rules.senses import drop_later_peace, drop_senses, drop_sport, drop_torn
from processors.coder.rules.status_order import keep_to_order
from processors.coder.rules.subjects import (
    drop_backers,
    drop_weapons,
    name_wrongdoer,
    oblige,
    turn_infinitive,
    turn_passive,
)
from processors.coder.rules.threats import note_threat
from processors.coder.rules.verdicts import note_verdict
from processors.coder.rules.word_order import name_blamed, name_strikers, spare_owner

if TYPE_CHECKING:
    from processors.coder.coding import Tools

_LIKELY = 0.5


def apply_rules(judged: Sequence[list[Judged]], kit: Tools, settings: dict[str, Any]) -> None:
    """Sets the candidates of each text right, in place; `settings` are those of the language's models."""
    for one in chain.from_iterable(judged):
        if one.candidate.found.rule.plain and _is_done_by_somebody(one):
            one.chance = max(one.chance, PLAIN)
    for text in judged:
        drop_torn(text)
        drop_later_peace(text)
        drop_weapons(text, kit.matcher.classes["arms"])
        drop_backers(text, kit.lexicon.government)
    for one in chain.from_iterable(judged):
        _keep_status(one, kit)
        _keep_roles(one, kit)
    for text in judged:
        read_resumed(text)
        set_measures(text)
        keep_to_readiness(text, settings)
        leave_out(text)
        read_encounters(text, kit.matcher)
        set_charges(text, kit.lexicon)


def _is_done_by_somebody(one: Judged) -> bool:
    """Whether somebody likely does what a candidate tells, and what is given is given to somebody."""
    roles = [role for role in ("actor", "recipient") for odds in one.roles.values() if odds[role] >= _LIKELY]
    return "actor" in roles and (one.candidate.found.rule.type != "aid" or "recipient" in roles)


def _keep_status(one: Judged, kit: Tools) -> None:
    """What the parse and the order of words tell of whether a candidate happened, whatever was learned."""
    keep_to_clause(one, kit.language, one.candidate.sentence.day)
    keep_to_calendar(one, kit.language)
    keep_to_negation(one, kit.lexicon.government)
    keep_to_denial(one, kit.lexicon.government)
    keep_to_disowned(one)
    keep_to_intent(one)
    keep_to_distance(one, kit.matcher)
    keep_to_end(one)
    keep_to_question(one)
    keep_to_order(one, kit.language)
    keep_to_course(one)
    keep_to_cancelled(one)
    suppose(one)
    drop_senses(one)
    drop_sport(one, kit.matcher)
    drop_named(one)
    drop_goods(one, kit.matcher)


def _keep_roles(one: Judged, kit: Tools) -> None:
    """What they tell of who does it to whom, and what is to be known of it where events are set right."""
    oblige(one, kit.lexicon)
    name_strikers(one)
    spare_owner(one)
    name_doer(one, kit.lexicon)
    name_wrongdoer(one)
    name_condemned(one)
    name_criticised(one)
    read_relative(one)
    if kit.language == "de":
        read_fronted(one)
        spare_critics(one)
        read_about(one)
    name_blamed(one)
    name_refuser(one)
    name_refused(one)
    note_no_talks(one, kit.lexicon)
    turn_passive(one)
    turn_reduced(one, kit.language)
    turn_infinitive(one)
    turn_joined(one)
    name_told(one)
    share_object(one)
    share_verb(one)
    turn_prompted(one)
    turn_expelled(one)
    read_whom(one)
    turn_buyers(one)
    read_answered(one)
    drop_exempted(one)
    leave_asides(one, kit.lexicon)
    leave_homes(one)
    note_mutual(one, kit.matcher)
    join_drills(one)
    note_order(one, kit.language)
    note_peaceful(one, kit.matcher)
    note_verdict(one, kit.matcher)
    leave_conditions(one)
    note_condition(one, kit.lexicon)
    note_threat(one, kit.lexicon)
    leave_bystanders(one, kit.lexicon)
    leave_backdrop(one)
