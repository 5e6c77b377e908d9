"""News-like lines made from templates: every third names somebody of the bundled glossary."""

from __future__ import annotations

import random

GLOSSARY = "south-caucasus"
NAMED = (
    "{a} and {b} met in {place} on {day} to discuss the {topic}.",
    "The {topic} was signed in {place}, {a} said after the meeting.",
    "{a} thanked {b} for the visit to {place} and praised the {topic}.",
)
PLAIN = (
    "The government said on {day} that prices had risen by {n} per cent since last year.",
    "More than {n} people took part in the march through the centre of the city on {day}.",
    "The company will close {n} of its shops before the end of the year, a spokesman said.",
    "Rain is expected in the north and the west of the country until {day}.",
    "The team won the match with a goal in the last minute and will play again on {day}.",
    "Doctors say that the new medicine has helped {n} patients, but they want to study it further.",
)
PEOPLE = ("Nikol Pashinian", "Ararat Mirzoian", "Jeyhun Bayramov", "Ilham Aliyev", "Antony Blinken", "Armen Grigoryan")
PLACES = ("Yerevan", "Baku", "Tbilisi", "Prague", "Sochi", "Washington", "Brussels")
TOPICS = ("peace treaty", "ceasefire", "peace talks", "territorial integrity")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def lines(count: int, seed: int = 1) -> list[str]:
    """`count` different lines, the same ones for a seed."""
    dice = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        template = dice.choice(NAMED if len(made) % 3 == 0 else PLAIN)
        a, b = dice.sample(PEOPLE, 2)
        made[
            template.format(
                a=a,
                b=b,
                place=dice.choice(PLACES),
                topic=dice.choice(TOPICS),
                day=dice.choice(DAYS),
                n=dice.randint(2, 9999),
            )
        ] = None
    return list(made)
