"""Words that promise or praise: the patterns that check/rules/promises.py looks for."""

import re

from insession.check.patterns.compiled import any_of

_CONDITION = (
    r"(?:(?:your|their|the|his|her|any|all|every) )?(?:depression|anxiety|trauma|grief|fears?"
    r"|phobias?|insomnia|addictions?|panic(?: attacks?)?|OCD|PTSD|ADHD|autism|bipolar disorder"
    r"|mental illness|pain|loneliness|sadness|stress|shyness|anger|problems?|symptoms)"
)
_FOREVER = r"(?:for good|forever|permanently|once and for all)"
_FAST = (
    r"(?:rapid|fast|quick|lasting|long-lasting|immediate|deep|complete|total|real|guaranteed|dramatic"
    r"|profound|powerful|true)"
)
_RELIEF = r"(?:relief|results|healing|recovery|freedom from|transformation|change)"
_WELL = r"(?:better|well|happy|happier|fine|healthy|calm|calmer|yourself again)"
_WE = r"(?:I|we|this|it|(?:my|our|this|the) (?:\w+ )?(?:therapy|method|approach|treatment)|therapy)"
CURE = any_of(
    rf"\bcur(?:e|es|ed|ing) (?:you|your|people|anyone|everyone|clients|patients|{_CONDITION})\b",
    r"\bcure[ds]? (?:her|him|them) of\b",
    rf"\b(?:a|the|real|proven|permanent|lasting|complete|sure) cure for {_CONDITION}\b",
    r"\byou(?:'ll| will| can)? (?:\w+ )?be (?:cured|healed|fixed)\b",
    rf"\bcured (?:in|within|after|by) \w+|\b{_CONDITION} (?:can|will) be cured\b",
    rf"\b(?:free|rid) (?:yourself|you) (?:of|from) [^.]*\b{_FOREVER}\b",
    rf"\b(?:free|rid|goodbye|heal|overcome|eliminate|conquer|beat|erase|end)\w*\b[^.;]{{0,20}}"
    rf"\b{_CONDITION}\b[^.;]{{0,20}}\b{_FOREVER}\b",
    rf"\byour {_CONDITION} will (?:disappear|vanish|be gone)\b",
    r"\byou(?:'ll| will) never (?:feel|suffer|worry|be (?:afraid|anxious|depressed|sad|lonely))\b"
    r"[^.]* again\b",
    r"\byou(?:'ll| will) never have another (?:panic attack|episode|relapse|bad day)\b",
    rf"\b{_WE} (?:will|can) fix (?:you|your)\b",
    rf"\b(?:I|we) (?:will |can )?(?:eliminate|erase|remove) {_CONDITION}\b",
    r"\b(?:permanent|permanently|instant|instantly|miracle|miraculous) (?:relief|results?|healing"
    r"|remove|eliminate|end|heal|cure|overcome|recovery)s?\b(?! of)",
    # “gives you rapid, lasting relief”, “lasting change in just six sessions”
    rf"\b(?P<gives>(?:gives?|gave|brings?|offers?|provides?|delivers?|get|gets|find|achieve|experience|enjoy|see|sees"
    rf"|expect|for|with) (?:\w+ ){{0,2}}?{_FAST}(?:,? (?:and )?{_FAST})* {_RELIEF})\b",
    rf"(?P<quick>^{_FAST}(?:,? (?:and )?{_FAST})* {_RELIEF} (?:in|after|within) (?:just |only |as \w+ as )?[\w-]+ (?:sessions?|visits?|weeks?"
    r"|days?|hours?|months?))\b",
    rf"\b(?:free|rid) (?:from|of) [^.;]{{0,30}}\b{_FOREVER}\b|\b(?:clears?|resolves?|dissolves?|removes?|releases?"
    rf"|lets you go of) (?:it|them|{_CONDITION}) {_FOREVER}",
    r"\byou(?:'ll| will) (?:\w+ )?(?:get|have|take back|reclaim) your (?:life|old life|spark|old self|joy|self) back\b"
    r"|\byou(?:'ll| will) [^.;]{0,40}\b(?:an? (?:whole )?new (?:person|man|woman)|a different person)\b",
    rf"\b(?:relapse|{_CONDITION}) (?:is|are|will be|becomes?) (?:\w+ )?(?:a thing of the past|history|behind you|gone)\b",
    rf"\b(?:heal|cure|fix|beat|end|conquer|overcome|erase) {_CONDITION} in (?:just |only )?(?:an?|one|\w+) (?:single )?(?:weekend|day|session|hour"
    r"|week|afternoon|visit|minutes?|days|sessions|weeks)\b",
    r"\byou(?:'ll| will) [^.;]{1,40} (?:in|within|after|by) (?:just |only )?(?:one|a single|two|three|a few|the first) (?:\w+ )?(?:sessions?|visits?)\b"
    r"|\byou(?:'ll| will) never (?:panic|drink|smoke|relapse|fight|struggle|worry|despair)\b[^.;]{0,20} again\b",
    rf"\b(?:technique|method|therapy|approach|EMDR|hypnosis|brainspotting|this|it) (?:\w+ )?(?:erases?|removes?|heals?|ends?|clears?|stops?|fixes)"
    rf" [^.;]{{1,30}} {_FOREVER}",
    rf"\byou(?:'ll| will) be (?:free|rid) (?:of|from) {_CONDITION} (?:in|within|after|by)\b",
    rf"\b{_FAST}[^.;]{{0,40}}\b(?:one|two|three|four|five|a few|\w+) sessions? away\b",
    r"\b(?:I|we) (?:will|can) (?:\w+ )?(?:save|rescue|repair|restore) your (?:marriage|relationship|family)\b",
    rf"\b(?:stops?|ends?|kills?|beats?|eliminates?|erases?|cures?) (?:\w+ )?(?:{_CONDITION}|cravings|smoking|nightmares"
    r"|(?:your|a) \w+) in (?:just |only |under |as \w+ as )?(?:an? )?[\w-]+ (?:seconds?|minutes?|days?|visits?|sessions?|weeks?|hours?)\b",
)
CERTAINTY = any_of(
    r"\bguarante(?:e|es|ed|eing)\b",
    r"\b(?:100|one hundred|hundred) ?(?:%|percent) (?:success|effective|sure|certain|recovery|safe"
    r"|of (?:my|our))\w*",
    r"\b(?:my|our) (?:\w+ )?success rates?\b|\b(?:have|has|with) an? [\w% ]{0,20}success rate\b",
    r"\brisk[- ]free\b(?! rate)|\bnever fails?\b",
    r"\b(?:works?|helps?) for (?:everyone|everybody|every \w+)\b|\bworks? (?:every time|without fail)\b",
    r"\b(?:this|it|(?:method|approach|technique|therapy|treatment)) always (?:works|helps)\b(?! (?:to|if|when) )",
    r"\bI (?:can )?promise (?:you |that |you that )*(?:you(?:'ll| will| are| can)|your|it (?:will"
    r"|gets)|therapy|we(?:'ll| will)|results|relief|things|change|a (?:cure|better|new|happier))\b",
    rf"\byou(?:'ll| will) (?:\w+ )?(?:feel|be|sleep|get) (?:\w+ )?{_WELL}"
    r" (?:in|within|after|by) (?:just |only )?[\w-]+ (?:sessions?|weeks?|days?|months?|hours?)\b",
    r"\b(?:in|within|after) (?:just |only )?[\w-]+ (?:sessions?|weeks?|days?|months?),? "
    rf"you(?:'ll| will) (?:\w+ )?(?:feel|be|sleep|get) (?:\w+ )?{_WELL}\b",
    r"\bwill (?:definitely|certainly|surely|absolutely) (?:help|work|change|heal|improve)\b",
    r"\b(?:is|are) (?:sure|certain|bound) to (?:work|help|heal)\b",
    rf"\b{_WE} will (?:change|transform) your life\b",
    # “my clients see results in three sessions”
    r"\b(?P<mine>(?:most of |all of )?(?:my|our) (?:clients|patients|couples) (?:\w+ )?(?:see|get|feel|notice|leave|recover|heal"
    r"|experience|report|finish|are|achieve|find|improve)\b[^.;]{0,40}? (?:in|within|after) (?:just |only |about |as \w+ as )?"
    r"(?:an? )?[\w-]+ (?:sessions?|weeks?|months?|days?|visits?|hours?))\b",
    r"\b(?P<share>(?:\d+ ?(?:%|percent)|\w+ out of \w+|nearly all|almost all) of (?:my|our) (?:clients|patients|couples)"
    r" (?:\w+ )?(?:recover|improve|get better|heal|succeed|feel better|are better|see results|stay together))",
    rf"\b(?P<gone>(?:in|within|after) (?:just |only |as \w+ as )?[\w-]+ (?:sessions?|visits?|weeks?|days?|hours?),? (?:your|the) (?:\w+ )?"
    rf"{_CONDITION} (?:is|are|will be) (?:gone|over|history|behind you|cured))",
    r"\b(?:nothing|no other (?:therapy|method|approach|treatment)|no therapy) (?:else )?(?:works?|heals?|helps?) (?:\w+ )?(?:faster|better"
    r"|quicker|deeper|like|as \w+ as)\b",
    r"\bworks? (?:when|where) (?:everything|nothing|all) else\b|\b(?:all|every one|each) of (?:my|our) (?:clients|patients|couples) (?:get|gets|are|feel"
    r"|feels|recover|recovers|improve|improves|heal|heals)\b",
    r"\b(?:my|our) (?:clients|patients|couples) (?:recover|heal|improve|get better) (?:\w+ )?(?:twice|faster|quicker|sooner|more quickly)\b",
    r"\bthe only (?:therapy|treatment|method|approach|technique)(?: there is)? that (?:\w+ly )?(?:works|heals|helps|cures|lasts|changes)\b",
    r"\bthe (?:highest|best) (?:\w+ )?(?:recovery|success|cure) rates?\b",
    r",? I promise[.!]?$(?<!what I promise.)",
)
# What a law or an office can guarantee.
GUARANTEED = re.compile(
    r"\b(?:laws?|legal\w*|constitution|amendment|statute|confidential\w*|priva\w+|secre\w+|anonym\w+|rights?"
    r"|fees?|prices?)\b",
    re.I,
)
_SITE = r"(?:Yelp|Google|Healthgrades|Zocdoc|Facebook|Vitals|WebMD|RateMDs)"
_CLIENTS = r"(?:clients?|patients?)"
_OWN_WORDS = (
    r"(?:in (?:her|his|their) own words|(?:her|his|their) (?:\w+ )?(?:story|journey|recovery|experience"
    r"|healing)\b|(?:how|what) (?:\w+ ){1,4}(?:helped|changed|saved|healed|was like))"
)
TESTIMONIAL = any_of(
    r"^testimonials?$",
    rf"\b{_CLIENTS} testimonials?\b",
    rf"\btestimonials? (?:from|by|of) (?:\w+ )?(?:{_CLIENTS}|people)\b",
    r"\b(?:read|see|here are|our|my) (?:\w+ )?testimonials?\b",
    r"\b(?:five|5)[- ]stars?\b(?! (?:hotels?|restaurants?|generals?|movies?))|\brave reviews?\b",
    r"\b(?:leave|write|post|give)(?: me| us)? (?:a|your|an) (?:\w+ )?(?:review|rating"
    r"|testimonial)s?\b(?! of)",
    rf"\b(?:reviews?|rate me|rate us) on {_SITE}\b",
    rf"\bwhat (?:my |our |past |former |other |happy )?(?:\w+ )?{_CLIENTS} (?:\w+ )?(?:say|said"
    r"|think)\b(?= (?:about|of) (?:me|us|my|our)\b|$|[.:])",
    r"\b(?:my|our) (?:clients|patients) (?:often |all |always )?(?:love|rave|praise|recommend me"
    r"|(?:say|tell me) (?:that )?I(?:'m| am)\b)",
    rf"\b{_CLIENTS} (?:\w+ )?(?:wrote|said|says?|told me|tell me) (?:that )?I (?:had |have )?"
    r"(?:saved|changed|turned)\b",
    rf"\bsays? an? (?:happy|grateful|satisfied|former|recent) {_CLIENTS}\b",
    # a whole text by one: “here a former client tells in her own words how …”
    rf"\b(?P<own>{_CLIENTS}(?: of mine)?,? (?:\w+ ){{0,6}}?(?:tells?|told|shares?|shared|writes|wrote"
    rf"|describes?|described|speaks?|recounts?|explains?) [^.;]{{0,60}}?{_OWN_WORDS})",
    rf"\b(?:here|below|in this|this is|guest (?:post|blog)|what follows)\b[^.;]{{0,40}}? (?P<here>{_CLIENTS}"
    r"(?: of mine)? (?:\w+ )?(?:tells?|shares?|writes|describes?|speaks?|recounts?)) ",
    rf"\bby an? (?:former |past |current )?{_CLIENTS} of (?:this practice|mine|ours)\b|\bwho (?:ended|finished|completed) (?:treatment|therapy|our work)"
    r" with (?:me|us)\b[^.;]{0,40}\b(?:answers|tells|shares|writes|talks|describes|speaks)\b",
    rf"\b(?:written|told|contributed|sent in|penned|a (?:guest )?post|a letter|a note|words) (?:\w+ )?by "
    rf"(?:an?|one of my|my|another|someone who) (?:\w+[ -])?(?:{_CLIENTS}\b|(?:finished|worked|was"
    r" in|did|completed)\b[^.;]{0,20}\b(?:with me|therapy|treatment))",
    rf"\b{_CLIENTS} (?:spotlight|profile|feature|interview)\b",
    rf"^(?:an?|my|one) (?:\w+ )?{_CLIENTS}'s? (?:story|journey|experience|words)\b",
    rf"\b{_CLIENTS}s? (?:success )?stories\b|^success stories\b|\bin the words of (?:my |our )?"
    rf"(?:former |past )?{_CLIENTS}\b$",
)
# The signature of somebody in therapy under a praise: “— M., former client”.
SIGNATURE = re.compile(
    rf"(?:^|[.!?…][\"”'’)]* ?)(?P<by>[—–-]{{1,2}} ?(?:[\w.()’']+,? ){{0,4}}?(?:{_CLIENTS}|in therapy"
    r" (?:with|for)\b)[^.;!?]{0,30})\.?$",
    re.I,
)
# What somebody writes who was helped by the therapist who is named before or after it.
_HELPED = (
    r"(?:helped|saved|changed|taught|gave|listened|understood|showed|made|believed|guided|supported"
    r"|healed|held|heard|met me)"
)


def praise_of(name: str) -> re.Pattern[str]:
    """Return a pattern for what a client of this therapist would write: “Hannah helped me …”."""
    first, _, last = name.partition(" ")
    called = "|".join(
        [
            rf"(?:{re.escape(first)}(?: {re.escape(last)})?)",
            rf"(?:Dr|Ms|Mr|Mrs|Mx)\.? {re.escape(last)}",
        ]
    )
    return re.compile(
        rf"\b(?:(?:{called})(?: has| have)?(?: \w+ly)? {_HELPED}\b[^.;]{{0,40}}\b(?:me|my)\b"
        rf"|I (?:\w+ )?(?:came to see|came to|saw|found|met|recommend|trust|worked with|started with) "
        rf"(?:{called})\b|\b(?:thanks|grateful|thankful) to (?:{called})\b)",
        re.M,
    )


_FIELD = (
    r"(?:psychodynamic|psychoanalytic|trauma|couples?|EMDR|CBT|anxiety|licensed|local|talk|family"
    r"|child|qualified|private|mental|health|sex|grief|and|female|male|the|in|town)"
)
_THERAPIST = (
    r"(?:therapists?|psychotherapists?|counsell?ors?|psychologists?|analysts?|psychoanalysts?"
    r"|practices?|practitioners?|clinicians?|psychotherapy|therapy|treatment|care|expert"
    r"|authority|specialists?)"
)
SUPERLATIVE = any_of(
    r"\b(?:best|top|leading|finest|premier|foremost|number[- ]one|no\. ?1|top-rated|highest-rated"
    r"|highest[- ]quality|award-winning|world-class|unrivall?ed|unmatched|renowned|world-renowned"
    r"|most (?:trusted|experienced|effective|sought-after|qualified|skilled|successful|powerful|advanced))"
    rf"(?: {_FIELD}){{0,3}} {_THERAPIST}\b",
    r"#1 \w+",
    rf"\bthe go-to (?:\w+ ){{0,3}}?{_THERAPIST}\b",
    r"\b(?:better|more effective) than (?:any|most|all|other)(?: other)? (?:therapists?|therap(?:y"
    r"|ies)|practices?|treatments?)\b",
    r"\bmy (?:therapy|method|approach|work) is (?:\w+ )?(?:better|more effective) than\b",
    r"\b(?:nobody|no one)(?: else)? (?:\w+ ){1,3}better than I\b",
    r"\bI(?:'m| am) [^.;]{0,40}\b(?:unmatched|unrivall?ed|unparalleled)\b",
    r"\buniquely qualified\b",
)
# What follows or precedes a best one that is not she: “the best therapist for you”, “you deserve
# the best care”, “the best treatment for insomnia is …”, “he was one of the leading analysts”.
NOT_HERS = re.compile(
    r"(?:treatment|therapy|care) for |\w+ (?:for (?:you|your|one|this|that|each|every|any|him|her|someone"
    r"|a person)\b|I |we |he |she |they |that |who |(?:is|are|may|might|will|isn't)\b"
    r"|of (?:his|her|its|their) )",
    re.I,
)
OTHERS = re.compile(
    r"\b(?:he|she|they|who) (?:was|were|is|became)\b|\b(?:deserves?|find|choose|choosing|look for"
    r"|looking for|search for|want|wants) ",
    re.I,
)
