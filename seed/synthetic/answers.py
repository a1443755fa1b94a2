"""The answers to the questions at the reference date, from what the makers of a block decided, not from asking."""

from __future__ import annotations

from collections.abc import Sequence

from seed.synthetic.answers_care import answer_about_placements, answer_about_siblings
from seed.synthetic.answers_concerns import answer_about_concerns
from seed.synthetic.answers_contact import answer_about_contact
from seed.synthetic.answers_court import answer_about_court
from seed.synthetic.answers_custody import answer_about_custody
from seed.synthetic.answers_places import answer_about_places
from seed.synthetic.answers_screening import answer_about_screening
from seed.synthetic.answers_sponsors import answer_about_sponsors
from seed.synthetic.block import Block, Child
from seed.synthetic.children import eighteenth_birthday
from seed.synthetic.days import REFERENCE_DATE


def answer_questions(block: Block, children: Sequence[Child]) -> None:
    """Record what a finished block adds to every answer."""
    answer_about_places(block, children)
    concerned = block.tables.ends("CONCERNS", "ConcernReport")
    for child in children:
        answer_about_placements(block, child)
        answer_about_contact(block, child, concerned=child.key in concerned)
        answer_about_custody(block, child)
        if eighteenth_birthday(child) <= REFERENCE_DATE:
            block.truth.plant("grownUp", child.key)
    answer_about_siblings(block)
    answer_about_sponsors(block)
    answer_about_screening(block)
    answer_about_concerns(block, children)
    answer_about_court(block, children)
