"""Words about addiction that can hurt, why, and better ones (see stigma.py)."""

from insession.check.patterns.stigma import SELF_DOUBT, table

# https://nida.nih.gov/research-topics/addiction-science/words-matter-preferred-language-talking-about-addiction
ADDICTION = table(
    (
        r"\baddicts?\b",
        "It makes the illness into the whole person, and can keep people from seeking help.",
        "“{a person,people} with an addiction”, or “with a substance use disorder”",
        SELF_DOUBT,
    ),
    (
        r"\b(?:(?:drug|med|medication|pill|opioid|narcotic|attention)[- ]seek(?:ers?)|drug[- ]seeking (?:patients?|clients?|people|person)|pill[- ](?:poppers?|heads?|mills?)"
        r"|junkies?|junky|crack ?heads?|druggies?|potheads?|stoners?|tweakers?|winos?|drunkards?|boozers?"
        r"|dope ?fiends?|drunks)\b|\b(?:an?|the)(?: town| old| village)? drunk\b(?=[.,;:!?]|$| (?:who|on the|at the|next door|down the|from)\b)",
        "It is a word of contempt.",
        "“{a person,people} with an addiction”",
    ),
    (
        r"\balcoholics\b(?! anonymous)|\b(?:an?|the|recovering|functioning|dry|former|her|his|my) alcoholic\b"
        r"(?! (?:drink|beverage|liver|hepatitis|content|ferment|anonymous)\w*)",
        "It makes the illness into the whole person.",
        "“{a person,people} with an alcohol use disorder”, or “in recovery”",
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
        "“{a person who uses,people who use} drugs”",
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
        "“{a baby,babies} exposed to drugs before birth”",
    ),
    (
        r"\bopioid (?:substitution|replacement)\b",
        "It says that treatment only swaps one drug for another.",
        "“opioid agonist therapy”, or “medicine for an addiction”",
    ),
    (
        r"\bf(?:e|a)ll(?:s|en|ing)? off the wagon\b",
        "It makes an illness coming back sound like a joke.",
        "“{return,returns,returned,returning} to drinking”, or “{have,has,had,having} a recurrence”",
    ),
)
