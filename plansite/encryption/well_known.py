"""Recognises passphrases that others may know by heart: sentences, and well-known rows of words."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from plansite.deferred_pattern import compile_lazily

#: Short words that join the others in a sentence: articles, pronouns, prepositions, conjunctions and common verbs, of
#: English, French, German, Spanish, Latin and Welsh. Nearly every quotation, proverb, prayer, song line and rhyme has
#: several. Words drawn from the list of the EFF have none: those that it has are left out here.
_JOINING_WORDS = """
    a about after again against ago all am an and any are as at away be because been before being below beneath
    between but by came can cant comes did didnt do does doesnt done dont doth else ever every few for get give go
    got has hast hath have having he hed hell her here hers hes him himself his how i if ill im in into is isnt it
    its itself ive just know known knows let lets like made make makes may me might more must my neither no nobody
    none nor not nothing now o of off often oh on once one or others our ours ourselves out over own put saw
    saying says see seen shall shalt she shes should so some somebody someone something still taken than thats the
    their theirs them then there theres they theyre thine things this thou though through thy to together too took
    towards under up us want was wasnt we well went were weve what whats when whence where wherefore which while
    who whom whose will with within without wont would yet you youll your youre yours yourself youve
    au aux avec ce cest cette dans de des du elle en est et etre il ils je la le les leur lui mais mes moi mon ne
    nous ou par pas pour quand que qui sa sans se ses sest son sont suis sur tous toi ton tout tu un une vous
    aber alle als am auch auf aus bei bin bist da das dass dein dem den der des dich die dir doch du ein eine
    einem einen einer er es euch fur hat ich ihr im ist kein mein mich mir mit nach nicht noch nur oder sein sich
    sie sind uber um und uns unser vom von vor war was weiss wenn wer wie wir wo zu zum zur
    al como con cuando del donde el ella esta lo los mas mi muy nos para pero por porque quien si sin su sus te
    tus una
    ab ac ad atque cum dum enim esse est et eius ex hic hoc ille in ipse me mea meum nec nobis non nos noster
    nostra per pro qua quae quam qui quid quod sed si sic sicut sum sunt te tibi tu tua tuum ubi ut vel vos
    ac ar arall dros eich ein ei fe fel fi gan gyda hi hyn i mae maen mewn mor na nid ni oedd oes o ol sydd trwy
    wrth y yn yng yma yr ywr
"""
#: Of these, more than one in a passphrase make a sentence of it.
_MIN_JOINING_WORDS = 2
#: A longer run of letters is taken for words without blanks where so much of it is words of three letters or more.
_MAX_WORD_LENGTH, _MIN_KNOWN_SHARE = 20, 0.6
#: The cost of a letter that belongs to no word, where that of a word is the logarithm of its rank.
_UNKNOWN_COST = 12.0

#: Rows of words that many know by heart and that have few or no joining words. They are facts and titles.
_ROWS = """
    correct horse battery staple
    alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa
    quebec romeo sierra tango uniform victor whiskey xray yankee zulu
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    spring summer autumn winter
    north east south west
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    first second third fourth fifth sixth seventh eighth ninth tenth
    un deux trois quatre cinq six sept huit neuf dix
    eins zwei drei vier funf sechs sieben acht neun zehn
    red orange yellow green blue indigo violet
    mercury venus earth mars jupiter saturn uranus neptune pluto
    hydrogen helium lithium beryllium boron carbon nitrogen oxygen fluorine neon sodium magnesium aluminium silicon
    aries taurus gemini cancer leo virgo libra scorpio sagittarius capricorn aquarius pisces
    rat ox tiger rabbit dragon snake horse goat monkey rooster dog pig
    matthew mark luke john acts romans corinthians galatians ephesians philippians colossians thessalonians
    genesis exodus leviticus numbers deuteronomy joshua judges ruth samuel kings chronicles ezra nehemiah esther job
    pride envy wrath gluttony lust sloth greed
    faith hope charity prudence justice temperance fortitude
    doc grumpy happy sleepy bashful sneezy dopey
    dasher dancer prancer vixen comet cupid donner blitzen rudolph
    gold frankincense myrrh
    kingdom phylum class order family genus species
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda omicron sigma tau upsilon phi chi psi
    adam eve cain abel noah abraham isaac jacob joseph moses
    clubs diamonds hearts spades
    knight bishop rook queen king pawn
    england scotland wales northern ireland
    john paul george ringo
    divorced beheaded died divorced beheaded survived
    richard york gave battle vain
    lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore magna aliqua
    sator arepo tenet opera rotas
    hocus pocus abracadabra alakazam open sesame
    supercalifragilisticexpialidocious
    llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch
    antidisestablishmentarianism floccinaucinihilipilification honorificabilitudinitatibus
    pneumonoultramicroscopicsilicovolcanoconiosis hippopotomonstrosesquippedaliophobia
    liberte egalite fraternite
    veni vidi vici
    citius altius fortius
    sex drugs rock roll
    blood toil tears sweat
    friends romans countrymen lend ears
    tinker tailor soldier sailor rich man poor man beggar man thief
    twinkle twinkle little star
    row row row boat gently stream merrily merrily merrily merrily life dream
    baa baa black sheep
    incy wincy itsy bitsy spider climbed water spout
    humpty dumpty sat wall great fall
    eeny meeny miny mo
    hickory dickory dock mouse ran clock
    pat cake pat cake baker man bake cake fast
    ring ring roses pocket full posies
    old macdonald farm
    happy birthday dear
    jingle bells jingle bells jingle way
    silent night holy night calm bright
    peter piper picked peck pickled peppers
    red lorry yellow lorry
    quick brown fox jumps jumped lazy dog
    pack box five dozen liquor jugs
    sphinx black quartz judge vow
    jackdaws love big sphinx quartz
    waltz bad nymph quick jigs vex
    bright vixens jump dozy fowl quack
    five boxing wizards jump quickly
    two driven jocks help fax big quiz
    glib jocks quiz nymph vex dwarf
    expecto patronum avada kedavra expelliarmus wingardium leviosa
    winnie pooh piglet eeyore tigger rabbit owl kanga roo
    gryffindor hufflepuff ravenclaw slytherin
    mirror mirror wall fairest
    never gonna give
    luke skywalker darth vader obi wan kenobi
    houston problem space final frontier
    keep calm carry
    rock paper scissors lizard spock
    lions tigers bears
    hook line sinker lock stock barrel
    ready steady go
    bread butter milk sugar salt pepper
    password qwerty letmein welcome dragon monkey football
"""
#: So many words of one row, wherever they stand, make a passphrase well known.
_MIN_ROW_WORDS = 3

_DIGITS_FOR_LETTERS = str.maketrans("0134578@$!|+", "oieastbasiit")
_SEPARATORS = compile_lazily(r"[\s\-_.,;:/]+")
_PUNCTUATION = "!?'\"()[]*+|\u2018\u2019\u201c\u201d\u00ab\u00bb"
_NOT_LETTERS = compile_lazily("[^a-z]")


def find_well_known(passphrase: str) -> str:
    """What others may know of a passphrase, in a few words; empty where nothing is known.

    Capitals, accents, punctuation and digits that stand for letters make no difference.
    """
    words = split_words(passphrase)
    has_letters_only = any(len(word) > _MAX_WORD_LENGTH and word.isalpha() for word in _SEPARATORS.split(passphrase))
    if sum(word in _list_joining_words() for word in words) >= _MIN_JOINING_WORDS:
        return "it is a sentence or part of one, and those are guessed first"
    distinct = frozenset(words)
    if any(len(distinct & row) >= min(_MIN_ROW_WORDS, len(row)) for row in _parse_rows()):
        return "some of its words are a well-known sequence"
    if has_letters_only or any(map(_is_run_of_words, words)):
        return "it has no spaces between its words"
    return ""


def _is_run_of_words(letters: str) -> bool:
    if len(letters) <= _MAX_WORD_LENGTH:
        return False
    return sum(len(part) for part in _split_run(letters) if len(part) > 2) >= _MIN_KNOWN_SHARE * len(letters)


def split_words(text: str) -> list[str]:
    """The words of a text, in small letters without accents, with letters for the digits that stand for them."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = (word.strip(_PUNCTUATION).translate(_DIGITS_FOR_LETTERS) for word in _SEPARATORS.split(plain))
    return [letters for word in words if (letters := _NOT_LETTERS.sub("", word))]


@cache
def _list_joining_words() -> frozenset[str]:
    return frozenset(_JOINING_WORDS.split())


@cache
def _parse_rows() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in _ROWS.strip().splitlines())


def _split_run(run: str) -> list[str]:
    """The likeliest words of a run of letters, by their ranks; a letter that belongs to no word stands alone."""
    ranks = _rank_words()
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(run) + 1):
        options = [(best[end - 1][0] + _UNKNOWN_COST, best[end - 1][1], run[end - 1])]
        for start in range(max(0, end - _MAX_WORD_LENGTH), end):
            rank = ranks.get(run[start:end])
            if rank:
                options.append((best[start][0] + math.log(rank) + 1, best[start][1], run[start:end]))
        cost, before, word = min(options)
        best.append((cost, [*before, word]))
    return best[-1][1]


@cache
def _rank_words() -> Mapping[str, int]:
    """The ranks of words and names by how often they are used, from 1. Single letters count where they are words."""
    ranks: dict[str, int] = {}
    for words in FREQUENCY_LISTS.values():
        for rank, word in enumerate(words, 1):
            if len(word) > 1 or word in ("a", "i", "o"):
                ranks[word] = min(rank, ranks.get(word, rank))
    return ranks
