"""How hard a text is to read: the grade of Flesch and Kincaid, from few lines. Close, not exact."""

import re

SENTENCE = re.compile(r"[^\n]*?(?:[.!?:]+[\"')\u201d\u2019]*(?=\s|$)|(?=\n)|$)")
WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
VOWELS = re.compile(r"[aeiouy]+")
# An e at the end that is not heard: "while", "joined", "knees"; but "muscle", "rested", "bruises".
SILENT_E = re.compile(r"(?<![^aeiouy]l)(?:(?<![td])e(?=d$)|(?<![sxzcgh])e(?=s$)|e$)")
# Where two vowels side by side are heard apart, or one is not heard at all.
EXCEPTIONS = {
    "anterior": 4,
    "area": 3,
    "areas": 3,
    "being": 2,
    "client": 2,
    "clients": 2,
    "create": 2,
    "diet": 2,
    "doing": 2,
    "every": 2,
    "evaluate": 4,
    "experience": 4,
    "fluid": 2,
    "going": 2,
    "idea": 3,
    "ideas": 3,
    "iliotibial": 6,
    "medial": 3,
    "period": 3,
    "posterior": 4,
    "quiet": 2,
    "science": 2,
    "seeing": 2,
    "situation": 4,
    "someone": 2,
    "something": 2,
    "sometimes": 2,
    "tibial": 3,
    "usual": 3,
    "various": 3,
}


def syllables(word):
    word = re.sub(r"[^a-z]", "", word.lower())
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    heard = SILENT_E.sub("", word) if len(word) > 3 else word
    return max(1, len(VOWELS.findall(heard)))


def words(text):
    return WORD.findall(text)


def sentences(text):
    """The sentences of ``text`` with their marks; the end of a line ends one too, and so does a colon."""
    found = (part.strip() for part in SENTENCE.findall(text))
    return [sentence for sentence in found if words(sentence)]


def grade(text):
    """Years of school that ``text`` asks for, by Flesch and Kincaid; 0 for a text without words."""
    said = words(text)
    if not said:
        return 0.0
    per_sentence = len(said) / len(sentences(text))
    per_word = sum(map(syllables, said)) / len(said)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59
