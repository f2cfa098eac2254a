"""Words about suicide and addiction that can hurt, why, and better ones (see stigma.py)."""

from insession.check.patterns.stigma import CONDITION, DENIED, SELF_DOUBT, table

SELF = r"(?:him|her|them)sel(?:f|ves)"

# https://reportingonsuicide.org and https://www.samaritans.org/mediaguidelines
SUICIDE = table(
    (
        r"\bcommit(?:s|ted|ting)? (?:a )?suicide\b(?! prevention)",
        "It sounds like a crime, and people bereaved by suicide hear that.",
        "“died by suicide”",
    ),
    (
        r"\b(?:un)?successful suicides?\b|\b(?:un)?successful attempts? (?:at suicide|on \w+ (?:own )?life)"
        r"|\bsuccessfully (?:killed|took (?:his|her|their) (?:own )?li(?:fe|ves))"
        r"|\bsuicide attempts? (?:had |has |have )?(?:failed|succeeded|(?:was|were) (?:un)?successful)\b"
        r"|\bfailed (?:suicides?|attempts? (?:at suicide|on \w+ (?:own )?life))\b",
        "It measures a death, or staying alive, as success or failure.",
        "“died by suicide”, or “survived a suicide attempt”",
    ),
    (
        r"\bcomplet(?:e|es|ed|ing) suicide\b|\bcompleted suicides\b",
        "It makes the death sound like something that was achieved.",
        "“died by suicide”",
    ),
    (
        r"\bsuicide victims?\b|\bvictims? of suicide\b",
        "It takes the person away behind the way he or she died.",
        "“a person who died by suicide”",
    ),
    (
        r"\bsuicide epidemic\b|\bepidemic of suicides?\b|\bsuicides? (?:\w+ )?skyrocket\w*",
        "Large words make suicide look usual, which can draw in someone who is at risk.",
        "“rising”, with the number and its source",
    ),
    (
        r"\bsuicid(?:e|al) gestures?\b|\bparasuicid\w+",
        "It says that the pain wasn’t meant seriously.",
        "“suicide attempt”, or “self-harm”",
    ),
    (
        r"\bjump(?:ed|s|ing)? (?:off|from|in front of) (?:a|an|the|his|her|their) (?:\w+ )?(?:bridge|roof"
        r"|building|balcony|window|cliff|train)\b|\b(?:slit|slits|slitting|cut) (?:his|her|their) wrists?\b"
        rf"|\b(?:hang(?:ed|s|ing)?|hung|shot|shoots|shooting|poison(?:ed|s|ing)?) {SELF}\b(?! in the foot)",
        "Telling how somebody died can lead a reader at risk to do the same.",
        "“died by suicide”, without the method",
    ),
    (
        r"\b(?:chose|chooses|decided) (?:suicide|to (?:die|end (?:his|her|their) (?:own )?li(?:fe|ves)))\b",
        "Most people in that state feel that they have no choice.",
        "“died by suicide”",
    ),
    (
        r"\bsuicide (?:is|was|as|seems|seemed) (?:\w+ ){0,3}(?:selfish|coward\w*|easy way out|way out|solution)\b",
        "It judges, or makes it look like an answer, and a reader at risk may take it for one.",
        "that such thoughts pass, and where help is at this hour",
        DENIED,
    ),
    (
        rf"\blo(?:st|ses?|sing) (?:his|her|their|a|the) (?:long )?(?:battle|fight|struggle) (?:with|against|to) {CONDITION}",
        "It tells those who are ill that dying is a defeat.",
        "“died by suicide”, or “died”",
    ),
)

# https://nida.nih.gov/research-topics/addiction-science/words-matter-preferred-language-talking-about-addiction
ADDICTION = table(
    (
        r"\baddicts?\b",
        "It makes the illness into the whole person, and can keep people from seeking help.",
        "“person with an addiction”, or “with a substance use disorder”",
        SELF_DOUBT,
    ),
    (
        r"\b(?:junkies?|crack ?heads?|druggies?|potheads?|stoners?|tweakers?|winos?|drunkards?|boozers?"
        r"|dope ?fiends?|drunks)\b|\b(?:an?|the)(?: town| old| village)? drunk\b(?=[.,;:!?]|$| (?:who|on the|at the)\b)",
        "It is a word of contempt.",
        "“person with an addiction”",
    ),
    (
        r"\balcoholics\b(?! anonymous)|\b(?:an?|the|recovering|functioning|dry|former|her|his|my) alcoholic\b"
        r"(?! (?:drink|beverage|liver|hepatitis|content|ferment|anonymous)\w*)",
        "It makes the illness into the whole person.",
        "“person with an alcohol use disorder”, or “in recovery”",
        SELF_DOUBT,
    ),
    (
        r"(?<!institute on )\b(?:substance|drug|alcohol|opioid|prescription|cocaine|heroin) abuse(?:rs?)?\b"
        r"(?! (?:and mental health|and alcoholism|counsel|services))"
        r"|\babus(?:es|ed|ing|ers?) (?:of )?(?:drugs|alcohol|opioids|substances|cocaine|heroin|pills)\b",
        "“Abuse” blames, and even clinicians judge more harshly when they read it.",
        "“substance use”, “drug use”, “person who uses drugs”",
    ),
    (
        r"\b(?:drug|heroin|cocaine|opioid|pill) habits?\b"
        r"|\bkick(?:s|ed|ing)? (?:the|a|his|her|their) (?:\w+ )?habit\b(?! of)",
        "A habit sounds like something one could simply drop.",
        "“addiction”, or “substance use disorder”",
    ),
    (
        r"\b(?:drug|heroin|cocaine|opioid|crack|meth|intravenous) users?\b",
        "It makes what somebody does into who he or she is.",
        "“person who uses drugs”",
    ),
    (
        r"\b(?:get|gets|got|getting|gotten|stay|stays|stayed|staying) clean\b(?! (?:and (?:tidy|dry)|\w*water|hands))"
        r"|\bclean and sober\b|\bclean (?:for|since) (?:[\w-]+ ){0,2}(?:days?|weeks?|months?|years?|\d{4}|then)\b"
        r"|\b(?:tests?|tested|testing|came back|comes back) (?:clean|dirty)\b|\bdirty (?:urine|drug|screen|sample)",
        "If that is clean, the other is dirty, and so is the person.",
        "“in recovery”, “not using”; of a test, “negative” or “positive”",
    ),
    (
        r"\b(?:addicted|crack|drug) bab(?:y|ies)\b",
        "A baby can’t have an addiction, and the word stays with it.",
        "“baby exposed to drugs before birth”",
    ),
    (
        r"\bopioid (?:substitution|replacement)\b",
        "It says that treatment only swaps one drug for another.",
        "“opioid agonist therapy”, or “medicine for an addiction”",
    ),
    (
        r"\bf(?:e|a)ll(?:s|en|ing)? off the wagon\b",
        "It makes an illness coming back sound like a joke.",
        "“returned to drinking”, or “had a recurrence”",
    ),
)
