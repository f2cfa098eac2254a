"""Words that make a condition into the whole person: “the depressive”, “borderlines”."""

import re

# What somebody has whom a word makes into it.
CONDITIONS = {
    "manic": "bipolar disorder",
    "schizo": "schizophrenia",
    "anorexic": "anorexia",
    "bulimic": "bulimia",
    "psychotic": "psychosis",
    "neurotic": "a neurosis",
    "bipolar": "bipolar disorder",
    "borderline": "borderline personality disorder",
    "hysteric": "dissociative symptoms",
    "depressive": "depression",
    "agoraphobic": "agoraphobia",
    "claustrophobic": "claustrophobia",
    "phobic": "a phobia",
    "obsessive": "obsessions",
    "compulsive": "compulsions",
    "paranoi": "paranoia",
    "codependent": "a codependent pattern",
    "hoarder": "hoarding disorder",
    "hypochondriac": "health anxiety",
    "cutter": "self-harm",
    "insomniac": "insomnia",
    "alcoholic": "an alcohol use disorder",
    "epileptic": "epilepsy",
    "paraplegic": "paraplegia",
    "quadriplegic": "quadriplegia",
    "diabetic": "diabetes",
}
LABELS = (
    r"(?:schizophrenic|anorexic|bulimic|manic[- ]depressive|psychotic|neurotic|borderline|bipolar|hysteric"
    r"|depressive|phobic|agoraphobic|claustrophobic|obsessive|compulsive|paranoid|codependent)"
)
# What follows a noun and no adjective: the end of a clause, “who”, or what a person does.
AS_A_NOUN = (
    r"(?=[.,;:!?)]|$|'s\b| (?:who|whom|is|has|was|had|may|might|can|will|would|does|did|never|always|often|rarely"
    r"|usually|called|came|and the|or the|in (?:me|him|her|us|my|the room)|sees|feels|thinks|believes|wants|needs|fears|blames"
    r"|avoids|lives|knows|tries|checks|forgets|builds|hears|hides|says|tells|asks|lies|clings|counts|worries|works"
    r"|takes|leaves|drives|spends|gives|stays|stands|stops|starts|turns|walks|talks|writes|reads|runs|carries|pays|buys|sleeps|eats|drinks|looks|looking|seeks|keeps|makes|gets|goes|comes|loves|hates|finds|cannot|can't|won't"
    r"|doesn't|isn't|sits|waits|dreads|expects|suffers|remains|splits|denies|craves|rejects|refuses|wakes|withdraws)\b)"
)
# “I was an addict”, “my own deranged moments”: what somebody calls himself is his to choose.
OF_HIMSELF = re.compile(
    r"\b(?:I(?:'m| am| was| have been| had been|'ve been|'d been| became| felt| feel| acted| behaved"
    r"| looked| sounded| must have (?:looked|sounded|been)) (?:like )?|my own |^as )"
    r"(?:(?!who\b|that\b)\w+ ){0,3}$",
    re.I,
)
