"""The patterns by which confused words are told, by language: (pattern, what is right).

The group `wrong` is what is to be replaced; what is right may name groups, as in `re`.
"""

from __future__ import annotations

import re

Rule = tuple[re.Pattern[str], str]


def _rule(pattern: str, right: str) -> Rule:
    return re.compile(pattern, re.IGNORECASE), right


def _words(text: str) -> str:
    return rf"(?:{'|'.join(text.split())})"


_COMPARED = _words(
    "more less better worse rather fewer greater faster slower easier higher lower larger smaller"
)
_BEFORE_THAN = _words(r"a an the in it that this any what one just usual expected you we they \d+")
_LOST = _words(
    "weight data your their the my our its money time any all some information access control track"
)
_EN = (
    _rule(
        r"\b(?P<wrong>its) (?=(?:a|an|the|not|been|going to|because|possible (?:to"
        r"|that)|important to|likely)\b)",
        "it's",
    ),
    _rule(r"\b(?P<wrong>it's) (?=(?:own|ability to|contents|predecessor|successor)\b)", "its"),
    _rule(r"\b(?P<wrong>there|they're) (?=(?:own|respective)\b)", "their"),
    _rule(
        r"(?<!\bof )\b(?P<wrong>their) (?=(?:is|are|was|were|isn't|aren't|wasn't"
        r"|weren't|exists?)\b)",
        "there",
    ),
    _rule(r"\b(?P<wrong>your) (?=(?:not|going to|a|an|the)\b)", "you're"),
    _rule(r"\b(?P<wrong>you're) (?=own\b)", "your"),
    _rule(r"\b(?P<wrong>who's) (?=(?:own|names?)\b)", "whose"),
    _rule(
        rf"(?<!\bif )(?<!\bis )(?<!\bare )\b{_COMPARED}(?: \w+)? (?P<wrong>then)"
        rf" (?={_BEFORE_THAN}\b)",
        "than",
    ),
    _rule(r"\bother (?P<wrong>then)\b", "than"),
    _rule(r"\b(?:and|since|until|back) (?P<wrong>than)\b", "then"),
    _rule(
        r"\b(?:could|should|would|must|might)(?:n't)? (?P<wrong>of) (?!(?:course"
        r"|necessity)\b)",
        "have",
    ),
    _rule(
        rf"\b(?:to|will|would|not|don't|you|may|might|could|can|we|they|never)"
        rf" (?P<wrong>loose) (?={_LOST}\b)",
        "lose",
    ),
    _rule(r"\b(?:an|no|any|side|same|adverse) (?P<wrong>affect)\b", "effect"),
    _rule(r"\bside (?P<wrong>affects)\b", "effects"),
    _rule(
        r"\b(?:will|would|may|might|can|could|does not|doesn't|not) (?P<wrong>effect)"
        r" (?=(?:the|your|how|our|all|any|other|performance)\b)",
        "affect",
    ),
    _rule(
        r"\b(?:is|are|was|were|be|far|way|it's) (?P<wrong>to) (?=(?:much|many|few|small"
        r"|large|big|long|short|late|early|slow|hard|complex|complicated|difficult)\b)",
        "too",
    ),
    _rule(r"\b(?P<wrong>weather) (?=or not\b)", "whether"),
    _rule(
        r"(?:(?<=[.!?] )|(?<=\n)|^)(?P<wrong>Lets) (?=(?:see|look|take|say|start|go|try"
        r"|have|begin|assume|consider)\b)",
        "let's",
    ),
)  # fmt: skip
_ASKS = _words(
    "explica explicar explicamos explicaremos sobre saber aprender aprende entender"
    " decidir averiguar ver veremos veamos"
)
_FINDS = _words(
    "saber identificar determinar averiguar decidir explicar descubrir comprender sabes sabe"
)
_ES = (
    _rule(r"(?<=\w )(?P<wrong>mas)\b(?! (?:no|si|sin|bien)\b)", "más"),
    _rule(
        rf"\b{_ASKS} (?P<wrong>como) (?=(?:\w+[aei]r(?:se|l[aoe]s?)?|se|funciona\w*)\b)",
        "cómo",
    ),
    _rule(rf"\b{_FINDS} (?P<wrong>donde)\b", "dónde"),
    _rule(rf"\b{_FINDS} (?P<wrong>cuando)\b", "cuándo"),
    _rule(rf"\b{_FINDS} (?P<wrong>cuant(?P<end>[oa]s?))\b", r"cuánt\g<end>"),
    _rule(rf"\b{_FINDS} (?P<wrong>cual(?P<end>es)?)\b", r"cuál\g<end>"),
    _rule(rf"\b{_FINDS} (?P<wrong>quien(?P<end>es)?)\b", r"quién\g<end>"),
    _rule(r"\b(?P<wrong>esta) (?=\w+(?:ando|iendo)\b)", "está"),
    _rule(r"\b(?P<wrong>estas) (?=\w+(?:ando|iendo)\b)", "estás"),
    _rule(r"¿(?P<wrong>donde)\b", "dónde"),
    _rule(r"¿(?P<wrong>cual)\b", "cuál"),
    _rule(r"¿(?P<wrong>cuales)\b", "cuáles"),
    _rule(r"¿(?P<wrong>como)\b", "cómo"),
    _rule(r"¿(?P<wrong>que)\b(?! (?:si|no|por)\b)", "qué"),
    _rule(r"¿por (?P<wrong>que)\b", "qué"),
    _rule(
        r"\b(?:se|no|me|te|le|lo|nos|les) (?P<wrong>a) (?=(?:hecho|dicho|visto|puesto"
        r"|escrito|abierto|\w{3,}[ai]do)\b)",
        "ha",
    ),
    _rule(r"\b(?P<wrong>si) (?=mism[oa]s?\b)", "sí"),
    _rule(r"\b(?P<wrong>tu) (?=(?:eres|puedes|tienes|quieres|debes|sabes)\b)", "tú"),
    _rule(r"\bno (?P<wrong>se) (?=(?:si|qué|cómo|cuál)\b)", "sé"),
    _rule(r"\b(?:cada|tal|una|otra|alguna|a la|de) (?P<wrong>ves)\b", "vez"),
    _rule(r"\bde (?P<wrong>echo)\b(?=,| (?:que|no|es|se)\b)", "hecho"),
    _rule(r"\b(?P<wrong>haber) (?=si\b)", "a ver"),
)  # fmt: skip
_MODAL = _words(
    "peut peux peuvent pouvez pouvons doit dois doivent devez devons veut veux voulez"
    " voulons veulent allez allons vais vont faut"
)
_THIRD = r"(?:il|elle|on|cela|ça|ceci)"
_FR = (
    _rule(rf"\b{_MODAL} (?P<wrong>(?P<stem>\w{{3,}})(?:é|ée|és|ées|ez))\b", r"\g<stem>er"),
    _rule(r"\b(?:grâce|quant|face|par rapport) (?P<wrong>a)\b", "à"),
    _rule(r"\bjusqu'(?P<wrong>a)\b", "à"),
    _rule(r"\bc'est(?: |-)(?P<wrong>a)(?: |-)dire\b", "à"),
    _rule(r"\b(?:au cas|dans le cas|au moment|le jour) (?P<wrong>ou)\b", "où"),
    _rule(r"\bd'(?P<wrong>ou)\b", "où"),
    _rule(r"\b(?P<wrong>la) où\b", "là"),
    _rule(r"\b(?P<wrong>sa) (?=(?:va|ne|fonctionne|permet|dépend|fait)\b)", "ça"),
    _rule(r"\btout (?P<wrong>se) (?=(?:qui|que|dont)\b)", "ce"),
    _rule(r"\b(?P<wrong>quelque) (?=(?:soit|soient)\b)", "quel que"),
    _rule(r"\bil y (?P<wrong>à|as)\b", "a"),
    _rule(rf"\b{_THIRD} (?P<wrong>à) (?=(?:été|eu|\w{{2,}}é|fait|mis|pris)\b)", "a"),
    _rule(rf"\b{_THIRD} (?:ne |n'|se |y |en )?(?P<wrong>(?P<stem>peu|veu)x)\b", r"\g<stem>t"),
    _rule(
        rf"\b{_THIRD} (?:ne |n'|se |y |en )?(?P<wrong>(?P<stem>doi|fai|sai|permet"
        rf"|met)s)\b",
        r"\g<stem>t",
    ),
    _rule(r"\bje (?P<wrong>(?P<stem>peu|veu)t)\b", r"\g<stem>x"),
)  # fmt: skip
_MAY = _words(
    "может могут можно нужно надо должен должна должно должны будет будут буду будем следует"
    " хочет хотят нельзя необходимо могла могло могли"
)
_ONE_DOES = (
    r"(?:^|[,.!?:;(] |\b(?:и|а|но|что|если|когда|потом|так) )"
    r"(?:он|она|оно|это|который|которая|которое)"
)
_RU = (
    _rule(rf"\b{_MAY} (?:не )?(?P<wrong>(?P<stem>\w{{3,}}[аеиоуыюяё])тся)\b", r"\g<stem>ться"),
    _rule(rf"{_ONE_DOES} (?:не )?(?P<wrong>(?P<stem>\w{{3,}}[еиоуыюё])ться)\b", r"\g<stem>тся"),
    _rule(rf"{_ONE_DOES} (?:не )?(?P<wrong>(?P<stem>\w{{3,}}[ая])ться)\b", r"\g<stem>ется"),
    _rule(r"\bв (?P<wrong>течении) (?=\w+)", "течение"),
    _rule(r"\b(?P<wrong>не смотря) на\b", "несмотря"),
    _rule(
        r"\b(?P<wrong>в виду) (?=(?:того|отсутствия|недостатка|сложности"
        r"|невозможности)\b)",
        "ввиду",
    ),
    _rule(r"\b(?P<wrong>из (?P<other>за|под))\b", r"из-\g<other>"),
    _rule(r"\b(?P<wrong>во (?P<other>первых|вторых))(?=,)", r"во-\g<other>"),
    _rule(r"\b(?P<wrong>вс(?P<e>[её]) таки)\b", r"вс\g<e>-таки"),
    _rule(r"\b(?P<wrong>по (?P<other>русски|английски|немецки|французски))\b", r"по-\g<other>"),
    _rule(r"\b(?:для|вместо) того,? (?P<wrong>что бы)\b", "чтобы"),
    _rule(
        r"\b(?P<wrong>(?P<other>кто|где|какой|какая|какое|какие|когда|куда|почему)"
        r" то)\b(?! (?:же|что|есть)\b)(?!,)",
        r"\g<other>-то",
    ),
)  # fmt: skip
_SAYING = _words(
    "weiß glaube glauben denke denken bedeutet heißt hoffe hoffen darauf dafür dadurch"
    " davon Tatsache sicher"
)
_VERBS = _words(
    "ist sei war wäre hat habe hatte wird werde kann könne muss müsse geht gehe sind"
    " waren gibt soll will macht heißt"
)
_DE = (
    _rule(rf"\b{_SAYING}, (?P<wrong>das) (?!{_VERBS}\b)(?=\w)", "dass"),
    _rule(r", (?P<wrong>dass) (?=(?:ist|war|wird|hat)\b(?! (?:es|er|sie)\b))", "das"),
    _rule(r"\bihr (?P<wrong>seit)\b(?! \d)", "seid"),
    _rule(
        r"\b(?P<wrong>seid) (?=(?:\d|Jahren|Monaten|Tagen|Wochen|einem|einer|vielen"
        r"|gestern|langem|kurzem|Version)\b)",
        "seit",
    ),
    _rule(r"\b(?P<wrong>im) Bezug auf\b", "in"),
    _rule(
        r"\b(?:besser|schneller|größer|kleiner|höher|weniger) (?P<wrong>wie)\b(?!"
        r" (?:zuvor|möglich)\b)",
        "als",
    ),
)  # fmt: skip
CONFUSED: dict[str, tuple[Rule, ...]] = {"en": _EN, "es": _ES, "fr": _FR, "ru": _RU, "de": _DE}
