"""Words that can hurt, why, and better ones: the tables that check/rules/language.py reads.

Each list follows a published guide, named above it. Patterns are written with straight
apostrophes and match without regard to capitals, unless they say `(?-i:…)`.
"""

import re
from typing import NamedTuple

from insession.check.patterns.labels import AS_A_NOUN, LABELS


class Wording(NamedTuple):
    """What is looked for, why it can hurt, what to write, and after what it is right all the same.

    What a remark quotes is the pattern's named group, if it has one.
    """

    pattern: re.Pattern[str]
    why: str
    instead: str
    unless: re.Pattern[str] | None = None


def table(*rows: tuple[str, ...]) -> list[Wording]:
    """Compile rows of pattern, why, instead and, if there is one, what may stand right before."""
    return [
        Wording(
            re.compile(pattern, re.I | re.M),
            why,
            instead,
            *(re.compile(f"(?:{u})$", re.I) for u in unless),
        )
        for pattern, why, instead, *unless in rows
    ]


# A fear that many bring with them: “am I an alcoholic?”, “I thought I was going crazy”.
SELF_DOUBT = (
    r"\b(?:am I|are you|you're|you are|I'm|I am|I was|you were|who is|what is)(?: (?:an?|going|really"
    r"|just))* "
)
DENIED = r"(?:\b(?:not|never|no|nobody is|isn't|aren't|doesn't mean)|n't)(?: \w+){0,3} "


CONDITION = (
    r"(?:depressi(?:on|ve)|anxiety|bipolar|schizophreni\w+|(?-i:OCD|PTSD|ADHD|ADD|BPD|ASD)|autis[mt]\w*"
    r"|psychosis|insomnia|addictions?|alcoholism|dementia|trauma|phobias?|anorexia|bulimia|epilepsy"
    r"|panic|disabilit\w+|(?:mental )?illness\w*|disease|disorders?|syndrome|conditions?"
    r"|mental health|dissociation|mania|grief disorder|chronic pain|cancer|diabetes)\b"
)
PEOPLE = (
    r"(?:people|persons?|patients?|clients?|m[ae]n|wom[ae]n|individuals?|adults?|child(?:ren)?"
    r"|mothers?|fathers?|parents?|inmates?|teenagers?)\b"
)
AS_A_GROUP = (
    r"(?=[.,;:!?)]|$| (?:are|is|have|has|and|or|who|need|can|in|to|with"
    r"|from|will|were|read|use|live|do|don't|know|want|see|hear|get|deserve)\b)"
)
AS_A_PERSON = (
    r"(?=[.,;:!?)]|$| (?:is|has|was|who|may|might|can|will|never|always|often|and|or|in|on)\b)"
)
LABEL = "It makes the illness into the whole person."

# https://apastyle.apa.org/style-grammar-guidelines/bias-free-language/disability
# and https://ncdj.org/style-guide/
ILLNESS = table(
    (
        rf"\bsuffer(?:s|ed|ing)? (?:\w+ly )?(?:from|with)\b(?= (?:[\w'-]+ ){{0,4}}?{CONDITION})",
        "It decides for the person that life with it is only suffering.",
        "“{have,has,had,with}” or “{live,lives,lived,living} with”",
    ),
    (
        rf"\b({CONDITION}) sufferers?\b|\bsufferers? (?:of|from)\b|\bsufferers with\b",
        "It decides for these people that their life is only suffering.",
        "“{a person,people} with {of}”",
    ),
    (
        rf"\bafflicted (?:with|by)\b|\bstricken (?:with|by) (?:[\w-]+ )?{CONDITION}",
        "It turns a diagnosis into a curse.",
        "“has”, or “with”",
    ),
    (
        rf"\b(?:helpless )?victims? of (?:(?:[\w-]+ )?{CONDITION})(?! (?:abuse|violence))",
        "It makes the person powerless before the illness.",
        "“a person with …”",
    ),
    (
        rf"(?<!in )\b(?:{LABELS})s\b|\b(?:hoarders|hypochondriacs|paranoiacs)\b"
        r"|(?<!cookie )(?<!paper )(?<!bolt )(?<!glass )(?<!pastry )(?<!wire )(?<!the )\bcutters\b(?= (?:often|rarely|usually|start"
        r"|are|may|tend|hide|need|who|do|don't|know|feel|live|have|seldom|never|say|think|want))",
        LABEL,
        "“{a person,people} with {of}”",
    ),
    (
        r"\b(?:narcissists?|sociopaths?|psychopaths?)\b",
        "It turns a person into a verdict, and a reader may fear that it is meant for him or her.",
        "what the person does, or “someone with narcissistic traits”",
        SELF_DOUBT,
    ),
    (
        rf"\ban? (?:{LABELS}|hoarder|hypochondriac|paranoiac)\b(?:{AS_A_PERSON}|{AS_A_NOUN})",
        LABEL,
        "“{a person,people} with {of}”",
    ),
    (
        rf"\b(?:the|my|his|her|your|this|that|every|typical) (?:{LABELS}|hypochondriac)\b{AS_A_NOUN}",
        LABEL,
        "“{a person,people} with {of}”",
    ),
    (
        rf"\bthe (?:suicidal|anxious|traumatized|mentally sick|emotionally disturbed|unstable)\b{AS_A_GROUP}",
        "It makes one group of very different people, and sets it apart.",
        "“people who …”",
    ),
    (
        r"\bhelp-rejecting complainers?\b|\btreatment failures?\b|\b(?:revolving[- ]door|hateful|crock) patients?\b"
        r"|\bthe worried well\b|\bmalingerers?\b|\bfrequent (?:flyers?|fliers?)\b"
        r"(?=[^.;]*\b(?:emergency|ER|hospital|clinic|psych|ward|unit|patient)\b)",
        "It blames somebody for not getting better.",
        "what happened: “has not been helped by …”, “comes to the emergency room often”",
    ),
    (
        r"\ba borderline\b(?! (?:case|personality|disorder|pattern|state|level|score|result|trait|diagnosis"
        r"|organi[sz]ation|presentation|condition|range))",
        LABEL,
        "“{a person,people} with borderline personality disorder”",
    ),
    (
        rf"\b(?:schizophrenic|bipolar|anorexic|bulimic|borderline|mentally ill|insane) {PEOPLE}",
        LABEL,
        "“people with …”, the person first",
    ),
    (
        rf"\bthe mentally (?:ill|disturbed|unstable)\b(?! {PEOPLE})|\bmental (?:patients?|cases?|defectives?)\b",
        "It makes one group of very different people, and sets it apart.",
        "“people with a mental illness”",
    ),
    (
        r"\b(?:he|she|they|you|who)(?: (?:is|was|am|are|were)|'m|'s|'re)"
        r" (?:(?-i:OCD|ADHD|PTSD|BPD)|bipolar|borderline|schizophrenic)\b(?! [a-z])",
        LABEL,
        "“has …”",
    ),
    (
        r"\b(?:wife|husband|partner|mother|father|son|daughter|sister|brother|cousin|aunt|uncle|child"
        r"|boss|ex|friend|boyfriend|girlfriend|colleague|man|woman|client|patient) (?:is|was)"
        r" (?P<is>(?-i:OCD|ADHD|BPD)|bipolar|borderline|schizophrenic)\b(?! [a-z])",
        LABEL,
        "“has …”",
    ),
    (
        r"\bself[- ](?:harmers?|mutilators?|mutilation)\b",
        "It makes one thing that somebody does in pain into who he or she is.",
        "“{a person who self-harms,people who self-harm}”",
    ),
    (
        rf"\bmanipulative {PEOPLE}|\b{PEOPLE} (?:is|are|was|were) (?:\w+ )?manipulative\b"
        r"|\battention[- ]seek(?:ing|ers?)\b|\bcr(?:y|ies) for attention\b"
        r"|\b(?:only|just|merely) (?:looking for|wants?|wanted|after|seeking) attention\b",
        "It blames somebody for needing something.",
        "what the person does, and what he or she may need",
        DENIED,
    ),
    (
        rf"\b{PEOPLE} (?:is|are|was|were) non-?compliant\b|(?<!building was )(?<!was )(?<!building is )\bnon-?compliant\b"
        r"(?! (?:forms?|buildings?|devices?|websites?|insurers?|companies|plans?|providers?|practices?|with (?:the )?"
        r"(?:\w+ )?(?:code|law|rule|rules|regulations?|act|statute|HIPAA)))"
        r"|\b(?:he|she|who|they) (?:was|were) (?P<obey>non-?compliant)\b",
        "It sounds as if the task of a patient were to obey.",
        "what happened: “she stopped coming”, “he didn’t take the medicine”",
    ),
    (
        r"\bcrazy\b(?! (?:quilts?|about|in love|paving|golf|horse))|\binsane(?:ly)?\b",
        "Many readers have been called that, and not kindly.",
        "“wild”, “hard to believe”, or what it was like",
        rf"{SELF_DOUBT}|{DENIED}|\b(?:go|goes|going|went|gone|feel|feels|feeling|felt) ",
    ),
    (
        r"\b(?:drive|drives|driving|drove) (?:me|us|you|him|her|them|one) (?P<so>nuts|mad)\b"
        r"|\b(?:is|was|that's|it's) (?:totally |just |absolutely )?(?P<what>nuts)\b(?=[.,;!]|$)"
        r"|\bmad ?house\b",
        "It makes a joke of losing one’s mind, and some readers have been through that.",
        "what you mean: “angry”, “hard to believe”, “loud”",
    ),
    (
        r"\b(?:lunatics?(?! fringe)|maniacs?|psychos?|schizos?|nutters?|nut ?cases?|nut ?jobs?|wackos?|loon(?:y|ies)"
        r"|mad(?:m[ae]n|wom[ae]n)|crazies|deranged|demented|basket cases?|loony bin)\b",
        "It is a word that people with a mental illness are mocked with.",
        "what you mean, without the illness",
    ),
)

# https://ncdj.org/style-guide/ : a diagnosis is no figure of speech
METAPHORS = table(
    (
        r"\b(?:so|a bit|a little|totally|really|kind of|super|completely|such a) "
        r"(?:(?-i:OCD|ADHD|ADD|PTSD)|bipolar|schizo(?:phrenic)?|autistic|psychotic|borderline|anorexic)\b",
        "It makes light of an illness that some readers live with.",
        "what you mean: “tidy”, “of two minds”, “up and down”",
    ),
    (
        r"(?:\b(?:is|am|are|was|were|get|gets|being|bit|very|pretty)|'m|'s|'re) (?P<so>(?-i:OCD|ADHD|ADD)"
        r" (?:about|over|when it comes to))|\b(?:touch|bit|dash) of (?-i:OCD|ADHD)"
        r"|\b(?:my|your) inner (?-i:OCD|ADHD)|\b(?:gives?|gave|giving) (?:me|you|us) (?-i:OCD|PTSD|ADHD)",
        "It makes light of an illness that some readers live with.",
        "what you mean: “particular about”, “careful about”, “it still upsets me”",
    ),
    (
        r"\b(?:weather|markets?|economy|city|traffic|country|internet|team|house|kitchen|cat|dog|puppy)"
        r" (?:here |today )?(?:is|are|was|were) (?:\w+ )?(?P<like>(?-i:OCD|ADHD)|bipolar|schizophrenic"
        r"|psychotic|autistic|manic)\b",
        "A diagnosis isn’t a word for what is odd or hectic.",
        "what you mean: “erratic”, “hectic”, “of two minds”",
    ),
    (
        r"\b(?:psychotic|schizophrenic|bipolar|manic|autistic) (?:boss|ex|girlfriend|boyfriend|neighbou?rs?|relationship"
        r"|driver|weather|days?|weeks?|months?|pace|schedule|landlord|traffic|econom\w+|polic\w+|politics"
        r"|markets?|city|culture|attitude|mood of the|rush|morning)\b",
        "A diagnosis isn’t a word for what is odd or hectic.",
        "what you mean: “erratic”, “hectic”, “of two minds”",
    ),
)

# https://ncdj.org/style-guide/
# and https://apastyle.apa.org/style-grammar-guidelines/bias-free-language/disability
DISABILITY = table(
    (
        r"\bwheelchair[- ]bound\b|\bconfined to (?:a|his|her|their|the) wheelchair\b",
        "A wheelchair doesn’t bind anyone, it takes people where they want to go.",
        "“uses a wheelchair”",
    ),
    (
        rf"\bthe (?:disabled|handicapped|blind(?! leading)|deaf)\b{AS_A_GROUP}",
        "It makes one group of very different people, and sets it apart.",
        "“people with a disability”, “blind people”",
        r"\bleading ",
    ),
    (
        r"\bable[- ]bodied\b",
        "It sounds as if other people had no able bodies.",
        "“non-disabled”, “without a disability”",
    ),
    (
        r"\ban? (?:epileptic|paraplegic|quadriplegic|diabetic)\b(?=[.,;:!?]|$| who\b)",
        "It makes the condition into the whole person.",
        "“a person with {of}”",
    ),
    (
        r"\bhandicapped\b|\b(?:physical|mental|learning) handicaps?\b|\bhandicapable\b",
        "The word is felt as belittling.",
        "“disabled”, “a disability”; of a place, “accessible”",
    ),
    (
        r"\bcripple[ds]?\b|\bspastics?\b|\bspaz\b|\bmidgets?\b|\bretard(?:s|ed)?\b|\bmental retardation\b"
        r"|\bdeaf[- ]mutes?\b|\bdeaf and dumb\b",
        "It is an insult to many people.",
        "the name of the disability, or leave it out",
    ),
    (
        r"\bspecial[- ]needs\b(?! trust)|\bdifferently[- ]abled\b|\b(?:physically|mentally) challenged\b",
        "Many disabled people find that it talks down to them.",
        "“disabled”, or “with a disability”",
    ),
    (
        r"\bbirth defects?\b",
        "It calls a person defective.",
        "“born with …”",
    ),
    (
        r"\b(?:high|low)[- ]functioning autis\w+",
        "It weighs people by how little they trouble others, and hides what they need.",
        "what support the person needs, or doesn’t",
    ),
    (
        r"\b(?:epileptics|paraplegics|quadriplegics|diabetics)\b",
        "It makes the condition into the whole person.",
        "“people with {of}”",
    ),
)
